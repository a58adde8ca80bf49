// Bundles the parser's thread for tests that run from the sources.

import { mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { buildWasm, cached } from '../electron/wasm/build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Beside scan.wasm, which it looks for there.
 *
 * A thread that loads TypeScript has Node strip the types, with a compiler in WebAssembly: a third of a second a thread, and
 * now and then the end of the whole process, because V8 may free such code while another thread still has it
 * (`Runtime_TierUpWasmToJSWrapper` → `NativeModule::FreeCode`). The product's threads load JavaScript.
 */
export const parserFile = path.join(root, 'node_modules/.cache/spanwise/parser.js')

/** Vitest's global setup: once a run. Runs beside each other write whole files. */
export default async function buildParser() {
  const partial = path.join(path.dirname(parserFile), `parser-${process.pid}`)
  mkdirSync(partial, { recursive: true })
  await buildWasm(cached)
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: path.join(root, 'electron/import/parser.ts'),
      outDir: partial,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'parser.js', codeSplitting: false } },
    },
  })
  renameSync(path.join(partial, 'parser.js'), parserFile)
  rmSync(partial, { recursive: true })
}
