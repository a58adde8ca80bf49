// npm run kill: fifty kills of imports of a mixed folder, and a third as many of each other thing that takes long.
// SPANWISE_KILLS, SPANWISE_KILL_MB and SPANWISE_SEED choose another length and other moments.

import { spawn } from 'node:child_process'
import path from 'node:path'
import { checkout } from '../helpers/product.ts'

const vitest = path.join(checkout, 'node_modules/vitest/vitest.mjs')
const config = path.join(checkout, 'test/vitest.config.ts')
const child = spawn(process.execPath, [vitest, 'run', '--config', config, 'test/crash/kill.test.ts'], {
  cwd: checkout,
  stdio: 'inherit',
  env: { SPANWISE_KILLS: '50', ...process.env },
})
child.once('exit', code => process.exit(code ?? 1))
