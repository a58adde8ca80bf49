import { parseArgs } from 'node:util'
import { runBrowserHost } from './browser/host.ts'
import { defaultStore } from './data-folder.ts'

// The browser host alone, without the command line around it: what development and end-to-end tests start.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    store: { type: 'string' },
    port: { type: 'string', default: '0' },
    sample: { type: 'boolean', default: false },
  },
})
process.exitCode = await runBrowserHost({
  storePath: values.store ?? defaultStore(),
  port: Number(values.port),
  files: positionals,
  withSample: values.sample,
  opensWindow: process.env['BROWSER'] !== undefined && process.env['BROWSER'] !== 'none',
})
