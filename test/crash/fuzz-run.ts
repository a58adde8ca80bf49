import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { checkout } from '../helpers/product.ts'
import { seededRandom } from '../helpers/random.ts'
import type { Base } from './fuzz-bases.ts'
import { mutate } from './mutate.ts'
import { mutateJson } from './mutate-json.ts'

/** Milliseconds of the thread's own work, whatever else the machine does: a damaged file of 100 KB is read in a few. */
const hang = 5000
/** Milliseconds by the clock, for one that waits and never works. */
const stuck = 20_000
/** Megabytes of JavaScript heap in which each of them is read, all together. */
const heap = 256
/** One thread reads at least so many, so that what it leaks adds up; to load its code takes as long as to read ten. */
const perThread = 500

export const fuzzFolder = path.join(checkout, 'node_modules/.cache/fuzz')

export interface Assignment {
  readonly kind: string
  readonly bases: readonly Base[]
  readonly seed: number
  readonly from: number
  readonly to: number
  /** Number of the copy at hand, and since when. */
  readonly progress: SharedArrayBuffer
}

/** What went wrong, and the file that has it. */
export interface Failure {
  readonly kind: string
  readonly seed: number
  readonly copy: number
  readonly why: string
  readonly saved: string
}

/** The damaged copy number `i` of a kind: the same on every machine. */
export function damage(
  bases: readonly Base[],
  kind: string,
  seed: number,
  i: number,
): { readonly name: string; readonly bytes: Buffer; readonly pieces: number } {
  const random = seededRandom(seed * 1_000_003 + i * 7919 + Buffer.from(kind).reduce((sum, byte) => sum * 31 + byte, 0))
  const base = random.pick(bases)
  // A worker gets its buffers as plain arrays.
  const whole = Buffer.from(base.bytes.buffer, base.bytes.byteOffset, base.bytes.byteLength)
  const bytes = (random.below(3) > 0 ? damageText(whole, random) : undefined) ?? mutate(whole, random)
  return { name: base.name, bytes, pieces: random.below(4) === 0 ? 1 + random.below(300) : 1 << 16 }
}

/** The document, or one of its lines, with something else in it. */
function damageText(bytes: Buffer, random: ReturnType<typeof seededRandom>): Buffer | undefined {
  if (bytes[0] !== 0x7b && bytes[0] !== 0x5b) return undefined
  const text = bytes.toString()
  const whole = mutateJson(text, random)
  if (whole !== undefined) return Buffer.from(whole)
  const lines = text.split('\n')
  for (let times = 1 + random.below(3); times > 0; times--) {
    const at = random.below(lines.length)
    lines[at] = mutateJson(lines[at]!, random) ?? lines[at]!
  }
  if (random.below(4) === 0) lines.splice(random.below(lines.length), 1)
  if (random.below(4) === 0) lines.unshift(...lines.splice(random.below(lines.length), 3))
  return Buffer.from(lines.join('\n'))
}

interface Thread {
  readonly worker: Worker
  /** Copies it was given to read. */
  given: number
}

/** Waits for the next kind of file. */
let idle: Thread | undefined

function takeThread(): Thread {
  const thread = idle ?? {
    worker: new Worker(new URL('fuzz-worker.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: heap },
    }),
    given: 0,
  }
  idle = undefined
  thread.worker.ref()
  return thread
}

function giveBack(thread: Thread): void {
  if (idle || thread.given >= perThread) return void thread.worker.terminate()
  idle = thread
  thread.worker.unref()
}

/** Reads `copies` damaged copies of one kind of file. */
export async function fuzz(kind: string, bases: readonly Base[], copies: number, seed: number): Promise<Failure[]> {
  const failures: Failure[] = []
  for (let from = 0; from < copies;) {
    const to = Math.min(copies, from + perThread)
    const end = await readSome({ kind, bases, seed, from, to, progress: new SharedArrayBuffer(16) }, (copy, why) => {
      failures.push({ kind, seed, copy, why, saved: save(damage(bases, kind, seed, copy).bytes, kind, seed, copy) })
    })
    from = end
    if (failures.length >= 20) break
  }
  return failures
}

/** Answers the number of the first copy that was not read. */
function readSome(work: Assignment, failed: (copy: number, why: string) => void): Promise<number> {
  const thread = takeThread()
  const { worker } = thread
  thread.given += work.to - work.from
  const at = new Int32Array(work.progress, 0, 1)
  const since = new Float64Array(work.progress, 8, 1)
  return new Promise(resolve => {
    let over = false
    const end = (next: number): void => {
      if (over) return
      over = true
      clearInterval(timer)
      // Not all: its own are among them.
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
      resolve(next)
    }
    const lost = (why: string): void => {
      if (over) return
      const copy = Atomics.load(at, 0)
      failed(copy, why)
      end(copy + 1)
      void worker.terminate()
    }
    let watched = { copy: -1, worked: 0 }
    const watch = async (): Promise<void> => {
      const [copy, started] = [Atomics.load(at, 0), since[0]!]
      if (started === 0) return
      if (Date.now() - started > stuck) lost(`waits for more than ${stuck} ms`)
      const { user, system } = await worker.cpuUsage()
      const worked = (user + system) / 1000
      if (copy !== watched.copy) watched = { copy, worked }
      else if (worked - watched.worked > hang && copy === Atomics.load(at, 0)) lost(`hangs for more than ${hang} ms`)
    }
    // A thread that has ended is told of below.
    const timer = setInterval(() => void watch().catch(() => {}), 200)
    worker.on('message', (message: 'done' | { i: number; error: string }) => {
      if (message !== 'done') return failed(message.i, message.error)
      end(work.to)
      giveBack(thread)
    })
    worker.on('error', error => lost(error instanceof Error ? (error.stack ?? error.message) : String(error)))
    worker.on('exit', code => lost(`the thread ended with ${code}`))
    worker.postMessage(work, [])
  })
}

function save(bytes: Buffer, kind: string, seed: number, copy: number): string {
  mkdirSync(fuzzFolder, { recursive: true })
  const file = path.join(fuzzFolder, `${kind}-${seed}-${copy}`)
  writeFileSync(file, bytes)
  return file
}
