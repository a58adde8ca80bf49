import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { ProcessName } from '../processes/process.ts'

// Where things lie: run from the sources (tests), from `out/` after a build, or from a package. The bundler moves this
// module into a chunk, so nothing is found relative to it but the root, the nearest folder with a package.json.

const fromSources = import.meta.filename.endsWith('.ts')

export const root = findRoot(import.meta.dirname)

function findRoot(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder
    if (folder === path.dirname(folder)) throw new Error('Spanwise is incomplete: no package.json above its code.')
  }
}

export function processFile(name: ProcessName | 'import-soon'): string {
  return fromSources ? path.join(root, 'electron/processes', `${name}.ts`) : path.join(root, 'out/main', `${name}.js`)
}

/** The built page; only a build makes it, whatever the rest runs from. */
export const rendererFolder = path.join(root, 'out/renderer')
export const preloadFile = path.join(root, 'out/preload/preload.cjs')

/** Bundled data: beside the code while developing, in the package's own resources folder when packaged. */
export function resource(name: string): string | undefined {
  const packaged = (process as { resourcesPath?: string }).resourcesPath
  const places = [path.join(root, 'resources', name), ...(packaged ? [path.join(packaged, 'resources', name)] : [])]
  return places.find(place => existsSync(place))
}

export const version = readVersion()

function readVersion(): string {
  const facts: { version?: string } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  return facts.version ?? '0.0.0'
}
