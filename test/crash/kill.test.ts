// The import dies at any moment: the store opens, is whole, holds whole batches, and reading the file again completes it.
// SPANWISE_KILLS=20 SPANWISE_KILL_MB=40 for the long form (npm run test:crash).

import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { digest } from '../../electron/store/digest.ts'
import { generateDump } from '../bench/generate.ts'
import { importInto, productCommand } from '../helpers/product.ts'
import { seededRandom } from '../helpers/random.ts'
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporary-folder.ts'
import { family, processName } from '../helpers/watch-processes.ts'
import { problemsOf } from './store-checks.ts'

const kills = Number(process.env['SPANWISE_KILLS'] ?? 3)
const megabytes = Number(process.env['SPANWISE_KILL_MB'] ?? 10)
const seed = Number(process.env['SPANWISE_SEED'] ?? 1)

let folder: TemporaryFolder
let dump: string
let whole: string
/** Milliseconds an undisturbed import takes here. */
let duration: number

beforeAll(async () => {
  folder = temporaryFolder()
  dump = folder.file('dump.jsonl')
  generateDump(dump, { bytes: megabytes * 1e6, seed: 5, kind: 'full', giants: [2000] })
  const store = folder.file('whole.spanwise')
  const started = performance.now()
  await importInto(store, [dump])
  duration = performance.now() - started
  whole = digest(store)
  return () => folder[Symbol.dispose]()
})

test.for(Array.from({ length: kills }, (_, i) => i))('kill %i', { timeout: 300_000 }, async round => {
  const random = seededRandom(seed * 1000 + round)
  const store = folder.file(`killed-${round}.spanwise`)
  // Some stores are killed twice: the second import has known spans behind it.
  const deaths = 1 + random.below(2)
  for (let death = 0; death < deaths; death++) {
    const all = random.below(2) === 0
    const moment = duration * (0.1 + random.unit() * 0.95)
    const how = `seed ${seed}, round ${round}, death ${death}: ${all ? 'every process' : 'the import process'} after ${moment.toFixed(0)} ms`
    const end = await importAndKill(store, moment, all)
    const silent = end.killed && !all && (end.code !== 1 || end.stderr.trim() === '')
    expect(silent ? `ended with ${end.code}, saying ${JSON.stringify(end.stderr)}` : '', how).toBe('')
    expect(existsSync(store) ? problemsOf(store) : [], how).toEqual([])
  }
  const { code, receipt } = await importInto(store, [dump])
  expect(code).toBe(0)
  expect(receipt.totals.added + receipt.totals.known).toBe(receipt.totals.spans)
  expect(problemsOf(store)).toEqual([])
  expect(digest(store)).toBe(whole)
  for (const suffix of ['', '-wal', '-shm']) rmSync(store + suffix, { force: true })
})

/** SIGKILL, after a while, to the import process alone or to everything at once. */
async function importAndKill(store: string, moment: number, all: boolean) {
  const [command, args] = productCommand(['import', dump, '--store', store, '--json'])
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const code = new Promise<number | null>(resolve => child.once('close', resolve))
  await Promise.race([sleep(moment), code])
  const alive = child.exitCode === null ? family(child.pid) : []
  const victims = all ? alive : alive.filter(pid => processName(pid) === 'import.js')
  for (const pid of victims) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself in this very moment.
    }
  }
  return { killed: victims.length > 0, code: await code, stderr }
}
