// Compiles what is written in AssemblyScript. Plain JavaScript, because the launcher calls it before anything is built.

import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
/** Kept beside what a build empties: tests that run from the sources read it here. */
export const cached = path.join(root, 'node_modules/.cache/spanwise')
const built = path.join(root, 'out/main')

const modules = [
  { name: 'scan', sources: 'electron/import/scan/wasm', memory: ['--importMemory', '--initialMemory', '64'] },
  { name: 'words', sources: 'electron/store/text-index/wasm', memory: ['--initialMemory', '1'] },
]

/** Puts all modules into a folder; compiles only those whose sources changed. Call it after a build that empties `out/`. */
export async function buildWasm(folder = built) {
  mkdirSync(folder, { recursive: true })
  for (const module of modules) {
    const sources = path.join(root, module.sources)
    const newest = Math.max(...readdirSync(sources).map(name => statSync(path.join(sources, name)).mtimeMs))
    const compiled = path.join(cached, `${module.name}.wasm`)
    if (!existsSync(compiled) || statSync(compiled).mtimeMs <= newest) await compile(module, compiled)
    if (folder !== cached) copyFileSync(compiled, path.join(folder, `${module.name}.wasm`))
  }
}

/** @param {{ name: string, sources: string, memory: string[] }} module */
async function compile({ name, sources, memory }, /** @type {string} */ compiled) {
  mkdirSync(cached, { recursive: true })
  const asc = (await import('assemblyscript/asc')).default
  const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'bulk-memory', ...memory]
  // asc writes paths relative to its base directory only; several processes may build at once
  const partial = `${compiled}.${process.pid}`
  const files = [`${sources}/${name}.ts`, '-o', path.relative(root, partial)]
  const { error, stderr } = await asc.main([...files, '--baseDir', root, ...flags])
  const complaints = /** @type {{ toString(): string }} */ (stderr).toString()
  if (error) throw new Error(`${name} does not compile: ${error.message}\n${complaints}`)
  renameSync(partial, compiled)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildWasm()
