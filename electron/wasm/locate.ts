import { existsSync } from 'node:fs'
import path from 'node:path'

/** A module lies beside the bundled code; for code that runs from its sources, where build.mjs keeps it. */
export function findWasm(name: 'scan' | 'words'): string {
  const here = import.meta.dirname
  const file = `${name}.wasm`
  const places = [
    path.join(here, file),
    path.join(here, '..', file),
    path.join(here, '../../node_modules/.cache/spanwise', file),
    path.join(here, '../../out/main', file),
  ]
  const found = places.find(place => existsSync(place))
  if (found === undefined) throw new Error(`${file} is missing: build first (electron/wasm/build.mjs).`)
  return found
}
