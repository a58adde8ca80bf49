// The product dies at any moment: the store opens, is whole, holds whole batches, and doing it again completes it.
// SPANWISE_KILLS=50 for the long form (npm run kill), SPANWISE_KILL_MB=40 for a larger dump, SPANWISE_SEED for other moments.

import { spawn } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { beforeAll, expect, test } from 'vitest'
import { digest } from '../../electron/store/digest.ts'
import { generateDump } from '../bench/generate.ts'
import { fixture } from '../helpers/fixtures.ts'
import { importInto, productCommand, spanwise } from '../helpers/product.ts'
import { seededRandom } from '../helpers/random.ts'
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporary-folder.ts'
import { family, processName } from '../helpers/watch-processes.ts'
import { problemsOf } from './store-checks.ts'

const kills = Number(process.env['SPANWISE_KILLS'] ?? 3)
const megabytes = Number(process.env['SPANWISE_KILL_MB'] ?? 10)
const seed = Number(process.env['SPANWISE_SEED'] ?? 1)

let folder: TemporaryFolder
let dumps: string
let whole: string
let wholeStore: string
/** Milliseconds an undisturbed import takes here. */
let duration: number

/** Every sort of file we have, log records before and after their spans, and a dump with one large trace. */
function mixedDumps(): string {
  const mixed = folder.file('mixed')
  mkdirSync(mixed)
  generateDump(path.join(mixed, 'm-dump.jsonl'), { bytes: megabytes * 1e6, seed: 5, kind: 'full', giants: [2000] })
  cpSync(fixture(''), path.join(mixed, 'n-fixtures'), { recursive: true })
  for (const [name, file] of [
    ['a-logs.jsonl', 'otlp-logs/openai-contrib.jsonl'],
    ['z-spans.jsonl', 'otlp-genai/openai-contrib.jsonl'],
  ] as const) {
    const others = readFileSync(fixture(file), 'utf8').replaceAll(/"traceId":"..../g, '"traceId":"abcd')
    writeFileSync(path.join(mixed, name), others)
  }
  const rows = Array.from({ length: 500 }, (_, i) => ({
    requestId: `r-${i}`,
    createdAt: 1_780_000_000_000 + i,
    request: { model: 'gpt-4.1-mini', messages: [{ role: 'user', content: `Where is parcel ${i}? `.repeat(20) }] },
    reply: { text: 'It was sent a week ago.' },
    usage: { promptTokens: 12, completionTokens: 3 },
  }))
  writeFileSync(path.join(mixed, 'o-rows.jsonl'), rows.map(row => JSON.stringify(row)).join('\n'))
  return mixed
}

beforeAll(async () => {
  folder = temporaryFolder()
  dumps = mixedDumps()
  wholeStore = folder.file('whole.spanwise')
  const started = performance.now()
  await importInto(wholeStore, [dumps], { timeout: 300_000 })
  duration = performance.now() - started
  whole = digest(wholeStore)
  return () => folder[Symbol.dispose]()
}, 300_000)

test.for(Array.from({ length: kills }, (_, i) => i))('kill %i', { timeout: 300_000 }, async round => {
  const random = seededRandom(seed * 1000 + round)
  const store = folder.file(`killed-${round}.spanwise`)
  // Some stores are killed twice: the second import has known spans behind it.
  const deaths = 1 + random.below(2)
  for (let death = 0; death < deaths; death++) {
    const all = random.below(2) === 0
    const moment = duration * (0.1 + random.unit() * 0.95)
    const how = `seed ${seed}, round ${round}, death ${death}: ${all ? 'every process' : 'the import process'} after ${moment.toFixed(0)} ms`
    const end = await runAndKill(['import', dumps, '--store', store, '--json'], moment, all)
    // One that had not begun yet begins again in another process, and is whole.
    const isWhole = end.code === 2 && digest(store) === whole
    const silent = end.killed && !all && !isWhole && (end.code !== 1 || end.stderr.trim() === '')
    expect(silent ? `ended with ${end.code}, saying ${JSON.stringify(end.stderr)}` : '', how).toBe('')
    expect(existsSync(store) ? problemsOf(store) : [], how).toEqual([])
  }
  const { code, receipt } = await importInto(store, [dumps], { timeout: 300_000 })
  // Some of the files are broken on purpose.
  expect(code).toBe(2)
  expect(receipt.totals.added + receipt.totals.known).toBe(receipt.totals.spans)
  expect(problemsOf(store)).toEqual([])
  expect(digest(store)).toBe(whole)
  for (const suffix of ['', '-wal', '-shm']) rmSync(store + suffix, { force: true })
})

const others = Math.max(1, Math.floor(kills / 3))

test.for(Array.from({ length: others }, (_, i) => i))(
  'a re-reading killed for the %i. time is finished by the next',
  { timeout: 300_000 },
  async round => {
    const random = seededRandom(seed * 2000 + round)
    const store = folder.file('reread.spanwise')
    copyFileSync(wholeStore, store)
    // As if older rules had read less.
    const db = new Database(store)
    db.exec('UPDATE span SET kind = 0, status = 0; UPDATE call SET output = NULL')
    db.close()
    await runAndKill(['reread', '--store', store, '--json'], 300 + random.unit() * duration, random.below(2) === 0)
    expect(problemsOf(store)).toEqual([])
    const { code, stderr } = await spanwise(['reread', '--store', store, '--json'], { timeout: 300_000 })
    expect(code, stderr).toBe(0)
    expect(problemsOf(store)).toEqual([])
    expect(digest(store)).toBe(whole)
    for (const suffix of ['', '-wal', '-shm']) rmSync(store + suffix, { force: true })
  },
)

test.for(Array.from({ length: others }, (_, i) => i))(
  'a dry run and an export killed for the %i. time change nothing',
  { timeout: 300_000 },
  async round => {
    const random = seededRandom(seed * 3000 + round)
    const file = folder.file('out/bundle.jsonl')
    mkdirSync(path.dirname(file), { recursive: true })
    await runAndKill(['import', dumps, '--dry-run', '--store', wholeStore], random.unit() * duration, true)
    await runAndKill(['export', '-o', file, '--store', wholeStore], random.unit() * duration, true)
    // A file of that name is a complete one.
    const whatIsThere = readdirSync(path.dirname(file)).filter(name => !name.endsWith('.part'))
    expect(whatIsThere.length === 0 || readFileSync(file, 'utf8').endsWith('}\n')).toBe(true)
    expect(problemsOf(wholeStore)).toEqual([])
    expect(digest(wholeStore)).toBe(whole)
    rmSync(path.dirname(file), { recursive: true })
  },
)

/** SIGKILL, after a while, to the import process alone or to everything at once. */
async function runAndKill(words: readonly string[], moment: number, all: boolean) {
  const [command, args] = productCommand(words)
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
