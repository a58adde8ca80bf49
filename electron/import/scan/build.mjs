// Compiles the scan. Plain JavaScript, because the launcher calls it before anything is built.

import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = path.dirname(fileURLToPath(import.meta.url))
const root = path.resolve(folder, '../../..')
const sources = path.join(folder, 'wasm')
/** Kept beside what a build empties: tests that run from the sources read it here. */
export const cached = path.join(root, 'node_modules/.cache/spanwise/scan.wasm')

export const scanPath = path.join(root, 'out/main/scan.wasm')

/** Puts scan.wasm at `target`; compiles only when its sources changed. Call it after a build that empties `out/`. */
export async function buildScan(target = scanPath) {
  const newest = Math.max(...readdirSync(sources).map(name => statSync(path.join(sources, name)).mtimeMs))
  if (!existsSync(cached) || statSync(cached).mtimeMs <= newest) await compile()
  mkdirSync(path.dirname(target), { recursive: true })
  if (target !== cached) copyFileSync(cached, target)
  return target
}

async function compile() {
  mkdirSync(path.dirname(cached), { recursive: true })
  const asc = (await import('assemblyscript/asc')).default
  const flags = '-O3 --noAssert --runtime stub --enable simd --enable bulk-memory --importMemory --initialMemory 64'
  // asc writes paths relative to its base directory only; several processes may build at once
  const partial = `${cached}.${process.pid}`
  const files = [path.relative(root, path.join(sources, 'scan.ts')), '-o', path.relative(root, partial)]
  const { error, stderr } = await asc.main([...files, '--baseDir', root, ...flags.split(' ')])
  const complaints = /** @type {{ toString(): string }} */ (stderr).toString()
  if (error) throw new Error(`The scan does not compile: ${error.message}\n${complaints}`)
  renameSync(partial, cached)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildScan()
