import { defineConfig } from '@playwright/test'
import { findBrowser } from '../electron/hosts/find-browser.mjs'

const chromium = findBrowser()

/** A browser that talks to nobody but the page under test. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '../node_modules/.cache/playwright',
  snapshotDir: '../node_modules/.cache/playwright-snapshots',
  fullyParallel: false,
  workers: 2,
  // A test that passes only the second time is a failing test.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    // A seventh of the time. Who looks for the cause of a failure runs the test again with `--trace on`.
    trace: 'off',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: ['--headless', '--no-sandbox', ...quiet],
    },
  },
  projects: [
    { name: 'browser', testIgnore: '**/*.electron.spec.ts' },
    { name: 'electron', testMatch: '**/*.electron.spec.ts' },
  ],
})
