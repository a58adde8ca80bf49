import { readdirSync } from 'node:fs'
import path from 'node:path'
import { checkout } from './product.ts'

/** A dump of our own, by its path in test/fixtures. */
export function fixture(name: string): string {
  return path.join(checkout, 'test/fixtures', name)
}

/** Every dump of our own, by its path in test/fixtures. */
export function fixtureNames(): string[] {
  return readdirSync(fixture('.'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name !== 'README.md')
    .map(entry => path.relative(fixture('.'), path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

/** The paths of all JSON and JSON-lines files below a folder. */
export function jsonFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(?:jsonl?|ndjson)$/.test(entry.name))
    .map(entry => path.join(entry.parentPath, entry.name))
}

/** Some five hundred pieces that end anywhere, those of a small file of seven bytes. */
export function* pieces(bytes: Buffer): Generator<Uint8Array> {
  const size = Math.max(7, Math.ceil(bytes.length / 500) | 1)
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}
