// Compiles the scan to out/main/scan.wasm. Plain JavaScript, because the launcher calls it before anything is built.

import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = path.dirname(fileURLToPath(import.meta.url))
const root = path.resolve(folder, '../../..')
const sources = path.join(folder, 'wasm')

export const scanPath = path.join(root, 'out/main/scan.wasm')

/** Does nothing when scan.wasm is newer than its sources. */
export async function buildScan(target = scanPath) {
  const newest = Math.max(...readdirSync(sources).map(name => statSync(path.join(sources, name)).mtimeMs))
  if (existsSync(target) && statSync(target).mtimeMs > newest) return target
  mkdirSync(path.dirname(target), { recursive: true })
  const asc = (await import('assemblyscript/asc')).default
  const flags = '-O3 --noAssert --runtime stub --enable simd --enable bulk-memory --importMemory --initialMemory 64'
  const options = flags.split(' ')
  // asc writes paths relative to its base directory only
  const files = [path.relative(root, path.join(sources, 'scan.ts')), '-o', path.relative(root, target)]
  const { error, stderr } = await asc.main([...files, '--baseDir', root, ...options])
  const complaints = /** @type {{ toString(): string }} */ (stderr).toString()
  if (error) throw new Error(`The scan does not compile: ${error.message}\n${complaints}`)
  return target
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildScan()
