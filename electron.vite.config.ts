import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { pagePolicy } from './electron/hosts/page.ts'

/** One entry per process and per worker thread: a worker must stay a file of its own (see ARCHITECTURE.md, Build). */
const main = {
  main: 'electron/main.ts',
  browser: 'electron/hosts/browser.ts',
  cli: 'electron/hosts/cli.ts',
  engine: 'electron/processes/engine.ts',
  import: 'electron/processes/import.ts',
  'import-soon': 'electron/processes/import-soon.ts',
  reader: 'electron/processes/reader.ts',
  indexer: 'electron/processes/indexer.ts',
  prompts: 'electron/processes/prompts.ts',
  net: 'electron/processes/net.ts',
  'piece-thread': 'electron/processes/piece-thread.ts',
  parser: 'electron/import/parser.ts',
}

/** Only in builds: the development server's refresh needs an inline script. */
const policyInPage: Plugin = {
  name: 'policy-in-page',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy },
      injectTo: 'head-prepend',
    },
  ],
}

/** A hash of the code that says what records mean (electron/import/rules.ts), or what calls cost (electron/prices/rules.ts). */
function hashOf(folders: readonly string[]): string {
  const hash = createHash('sha256')
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
      .map(entry => path.join(entry.parentPath, entry.name))
    for (const file of files.sort()) hash.update(`${file.replaceAll('\\', '/')}\0`).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

export default defineConfig({
  main: {
    define: {
      rulesHash: JSON.stringify(hashOf(['shared/conventions', 'shared/domain', 'electron/import'])),
      pricesHash: JSON.stringify(hashOf(['shared/money', 'shared/domain', 'electron/prices'])),
    },
    build: {
      rolldownOptions: {
        input: main,
        output: {
          entryFileNames: '[name].js',
          // A chunk that several entries share is named after all of them.
          chunkFileNames: ({ name }) => `chunks/${name.split('~', 1)[0]}-[hash].js`,
          // By itself, so that a process which checks no input does not load it.
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [
              { name: 'schemas', test: /shared.contract/ },
              // Prices are checked by processes that check no input.
              { name: 'zod', test: /node_modules.zod/ },
              // What the first page of a list needs, in three files rather than forty: to find and link one takes longer
              // than to read it.
              {
                name: 'first',
                test: /processes.engine-role/,
                includeDependenciesRecursively: true,
                entriesAware: true,
                entriesAwareMergeThreshold: 20_000,
              },
            ],
          },
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), policyInPage],
    build: { minify: true, rolldownOptions: { input: { index: path.resolve('renderer/index.html') } } },
  },
})
