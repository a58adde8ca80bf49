// npm run fuzz: ten thousand damaged copies of files of every format and every way of packing.
// node test/crash/fuzz.ts [--copies 10000] [--seed 1] [--threads 2] [kind …]; a failure is printed with its seed and saved.

import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { basesByFormat } from './fuzz-bases.ts'
import { fuzz, type Failure } from './fuzz-run.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { copies: { type: 'string' }, seed: { type: 'string' }, threads: { type: 'string' } },
})
const copies = Number(values.copies ?? 10_000)
const seed = Number(values.seed ?? 1)
const threads = Number(values.threads ?? availableParallelism())

const bases = await basesByFormat()
const kinds = [...bases.keys()].filter(kind => positionals.length === 0 || positionals.includes(kind))
const failures: Failure[] = []
const waiting = [...kinds]

async function work(): Promise<void> {
  for (let kind = waiting.shift(); kind !== undefined; kind = waiting.shift()) {
    const started = performance.now()
    const found = await fuzz(kind, bases.get(kind)!, copies, seed)
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    console.log(
      `${kind.padEnd(18)} ${bases.get(kind)!.length} files, ${copies} copies, ${found.length} failures, ${seconds} s`,
    )
    for (const { copy, why, saved } of found) console.log(`  copy ${copy} of seed ${seed}: ${why}\n  ${saved}`)
    failures.push(...found)
  }
}

await Promise.all(Array.from({ length: threads }, work))
const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0)
console.log(
  `${kinds.length} kinds, ${kinds.length * copies} copies, ${failures.length} failures; peak memory of all ${peak} MB`,
)
process.exit(failures.length === 0 ? 0 : 1)
