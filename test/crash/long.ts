// The long forms of the crash tests: npm run test:crash (20 kills of a 40 MB import), npm run test:fuzz (3,000 damaged files).
// SPANWISE_SEED chooses another run, SPANWISE_KILLS, SPANWISE_KILL_MB and SPANWISE_FUZZ another length.

import { spawn } from 'node:child_process'
import path from 'node:path'
import { checkout } from '../helpers/product.ts'

const forms: { readonly [name: string]: Readonly<Record<string, string>> } = {
  kill: { SPANWISE_KILLS: '20', SPANWISE_KILL_MB: '40' },
  fuzz: { SPANWISE_FUZZ: '3000' },
}

const name = process.argv[2] ?? ''
const form = forms[name]
if (form === undefined) throw new Error(`node test/crash/long.ts ${Object.keys(forms).join('|')}`)

const vitest = path.join(checkout, 'node_modules/vitest/vitest.mjs')
const config = path.join(checkout, 'test/vitest.config.ts')
const child = spawn(process.execPath, [vitest, 'run', '--config', config, `test/crash/${name}.test.ts`], {
  cwd: checkout,
  stdio: 'inherit',
  env: { ...form, ...process.env },
})
child.once('exit', code => process.exit(code ?? 1))
