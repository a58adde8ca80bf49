// npm run bench -- --mb 200: how long an import takes beside what reading the same file costs at least.
// Every row is whole processes from start to exit, one after another in the same round: a slow moment hits all of them.

import { mkdirSync, openSync, readSync, closeSync, rmSync, statSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { checkout, productCommand } from '../helpers/product.ts'
import { measure, type RunUse } from '../helpers/watch-processes.ts'
import { dumpArguments, generateDump, readDumpOptions } from './generate.ts'
import { askStore } from './ask-store.ts'
import { quietMachine } from './quiet.ts'
import { median, printReport, type BenchReport, type Row } from './report.ts'

const folder = path.join(checkout, 'node_modules/.cache/bench')

const { values } = parseArgs({
  options: { ...dumpArguments, rounds: { type: 'string', default: '3' }, json: { type: 'boolean', default: false } },
})

mkdirSync(folder, { recursive: true })
const options = readDumpOptions(values)
const dump = path.join(folder, `dump-${options.kind}-${values.mb}-${values.seed}.jsonl`)
const store = path.join(folder, 'bench.spanwise')

const summary = generateDump(dump, options)
const loads: number[] = []
const runs = { read: [] as RunUse[], parse: [] as RunUse[], import: [] as RunUse[] }
const storeBytes: number[] = []

for (let round = 0; round < Number(values.rounds); round++) {
  loads.push(await quietMachine())
  readThrough(dump)
  runs.read.push(await floor('read'))
  runs.parse.push(await floor('parse'))
  removeStore()
  runs.import.push(await succeed(...productCommand(['import', dump, '--store', store, '--json'])))
  storeBytes.push(storeFiles().reduce((sum, file) => sum + size(file), 0))
}

const report: BenchReport = {
  dump: { ...summary, kind: options.kind, seed: options.seed },
  machine: { cores: cpus().length, node: process.version, loads },
  rows: {
    read: row(runs.read, () => true),
    parse: row(runs.parse, () => true),
    import: row(runs.import, name => name === 'import.js'),
  },
  ratios: {
    toRead: pairRatio(runs.import, runs.read),
    toParse: pairRatio(runs.import, runs.parse),
  },
  storeBytes: median(storeBytes),
  questions: await askStore(store),
}
removeStore()
rmSync(dump)

if (values.json) console.log(JSON.stringify(report, null, 2))
else printReport(report)

function floor(mode: 'read' | 'parse'): Promise<RunUse> {
  return succeed(process.execPath, [path.join(checkout, 'test/bench/floors.ts'), mode, dump])
}

async function succeed(command: string, args: readonly string[]): Promise<RunUse> {
  const use = await measure(command, args)
  if (use.code !== 0) throw new Error(`${args.join(' ')} ended with ${use.code}.\n${use.stderr}`)
  return use
}

/** Medians over the rounds. CPU counts every process of the run; the peak is that of the one process that `counts`. */
function row(uses: readonly RunUse[], counts: (name: string) => boolean): Row {
  const peaks = uses.map(use => Math.max(0, ...use.processes.filter(one => counts(one.name)).map(one => one.peakBytes)))
  return {
    wallSeconds: median(uses.map(use => use.wallSeconds)),
    cpuSeconds: median(uses.map(use => use.processes.reduce((sum, one) => sum + one.cpuSeconds, 0))),
    peakBytes: Math.max(...peaks),
    processes: [...new Set(uses.flatMap(use => use.processes.map(one => one.name)))],
  }
}

/** Median of the ratios within each round. */
function pairRatio(above: readonly RunUse[], below: readonly RunUse[]): number {
  return median(above.map((use, i) => use.wallSeconds / below[i]!.wallSeconds))
}

/** Brings the file into the page cache, so that no row pays for the disk. */
function readThrough(file: string): void {
  const buffer = Buffer.allocUnsafe(4 << 20)
  const open = openSync(file, 'r')
  while (readSync(open, buffer, 0, buffer.length, null) > 0);
  closeSync(open)
}

function storeFiles(): readonly string[] {
  return ['', '-wal', '-shm', '-journal'].map(suffix => store + suffix)
}

function removeStore(): void {
  for (const file of storeFiles()) rmSync(file, { force: true })
}

function size(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
