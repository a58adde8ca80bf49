import { existsSync } from 'node:fs'
import path from 'node:path'

/** Put in by what runs the sources through a bundler: where the thread lies as JavaScript. */
declare const builtParser: string | undefined

/** The parser's own file: a worker must be an entry of the bundle. */
export function findParser(): string {
  if (typeof builtParser === 'string') return builtParser
  const here = import.meta.dirname
  const places = [path.join(here, 'parser.js'), path.join(here, '../parser.js'), path.join(here, '../parser.ts')]
  const found = places.find(place => existsSync(place))
  if (found === undefined) throw new Error('The parser of this build is missing.')
  return found
}
