import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { parserFile } from './build-parser.ts'

if (Number(process.versions.napi) < 10) {
  throw new Error(
    'The tests need the pinned Node: npm test, or node_modules/.bin/node node_modules/vitest/vitest.mjs run …',
  )
}

/** What starts processes of the built product (out/): slower, and after everything that needs no build. */
const built = ['corpus', 'crash', 'format', 'hosts', 'stand-in'].map(room => `test/${room}/**/*.test.ts`)
/** Of these, what watches how long something takes or fills both cores by itself. */
const alone = ['crash/kill', 'format/fixtures', 'hosts/browser-guard', 'hosts/processes'].map(
  name => `test/${name}.test.ts`,
)
const never = ['test/capture/**', 'test/e2e/**']

function builtProject(name: string, options: object) {
  return {
    define: { builtParser: JSON.stringify(fileURLToPath(new URL('../out/main/parser.js', import.meta.url))) },
    test: { name, environment: 'node', testTimeout: 120_000, hookTimeout: 60_000, ...options },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: 'node_modules/.cache/vitest',
  test: {
    reporters: ['default'],
    // By itself Vitest leaves one of two cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        define: { builtParser: JSON.stringify(parserFile) },
        test: {
          name: 'unit',
          environment: 'node',
          globalSetup: ['./test/build-parser.ts'],
          include: ['test/**/*.test.ts'],
          exclude: [...never, ...built],
          testTimeout: 15_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'jsdom',
          environment: 'jsdom',
          include: ['test/**/*.test.tsx'],
          exclude: never,
          testTimeout: 15_000,
          sequence: { groupOrder: 1 },
        },
      },
      builtProject('built', { include: built, exclude: alone, sequence: { groupOrder: 2 } }),
      // One at a time leaves the other core to the processes it started.
      builtProject('alone', { include: alone, fileParallelism: false, sequence: { groupOrder: 3 } }),
    ],
  },
})
