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
  reader: 'electron/processes/reader.ts',
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

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: main,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
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
