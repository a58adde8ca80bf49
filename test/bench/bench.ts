// npm run bench: what imports cost beside JSON.parse of the same file, and what questions take (`--only query`, of these
// `--queries list`, `--seed 7`), cost tables (`--only costs`, `--calls 5000000`), and the tree of a giant trace (`--only tree`). One table each; `--only full,small`, `--mb 200` (each
// corpus), `--big` (4 GB too), `--rounds 5`, `--patience 0` (do not
// wait for a quiet machine), `--folder /tmp/bench`, `--json`. Every run is a whole process, one after another
// in the same round: a slow moment hits all of them.

import { mkdirSync, rmSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { indexPathOf } from '../../electron/store/text-index/schema.ts'
import { checkout } from '../helpers/product.ts'
import { askStore } from './ask-store.ts'
import { corpora, makeDump, type Corpus } from './corpora.ts'
import { benchQuery, printQueries } from './query/bench-query.ts'
import { quietMachine } from './quiet.ts'
import { benchCosts, printCosts } from './costs/bench-costs.ts'
import { benchTree, printTree } from './tree/bench-tree.ts'
import { writeProtoDump } from './proto-dump.ts'
import { printReport, type CorpusReport, type Proto, type Side } from './report.ts'
import {
  copyStore,
  importDump,
  importWithTexts,
  parseFloor,
  readThrough,
  removeStore,
  storeBytes,
  type Use,
} from './run.ts'
import { median, pairRatio } from './statistics.ts'
import { watchList } from './watch-list.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    mb: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    big: { type: 'boolean', default: false },
    patience: { type: 'string', default: '60' },
    folder: { type: 'string', default: path.join(checkout, 'node_modules/.cache/bench') },
    json: { type: 'boolean', default: false },
    queries: { type: 'string' },
    seed: { type: 'string', default: '1' },
    calls: { type: 'string', default: '1000000' },
  },
})
const folder = path.resolve(values.folder)
const rounds = Number(values.rounds)
const only = values.only?.split(',')
const chosen = corpora
  .filter(({ name }) => (only ? only.includes(name) : values.big || name !== 'full-4000'))
  .map(corpus => (values.mb === undefined ? corpus : scaled(corpus, Number(values.mb))))
const loads: number[] = []
const [store, million] = [path.join(folder, 'bench.spanwise'), path.join(folder, 'million.spanwise')]

mkdirSync(folder, { recursive: true })
const reports: CorpusReport[] = []
for (const corpus of chosen) {
  process.stderr.write(`${corpus.name} …\n`)
  reports.push(await benchCorpus(corpus))
}
const side = only === undefined || only.includes('side') ? await benchSide() : undefined
for (const each of [store, million]) removeStore(each)

const proto = only === undefined || only.includes('proto') ? [await benchProto('full'), await benchProto('small')] : []

const isAsked = only === undefined || only.includes('query')
if (isAsked) loads.push(await quietMachine(Number(values.patience)))
const scale = values.mb === undefined ? 1 : Math.min(1, Number(values.mb) / 2665)
const query = isAsked ? await benchQuery({ folder, seed: Number(values.seed), scale, only: values.queries }) : undefined

const areCosts = only === undefined || only.includes('costs')
const costs = areCosts
  ? await benchCosts({ folder, seed: Number(values.seed), calls: Number(values.calls) })
  : undefined

const tree = only === undefined || only.includes('tree') ? await benchTree(folder) : undefined

const machine = { cores: cpus().length, node: process.version, loads }
if (values.json) console.log(JSON.stringify({ machine, corpora: reports, side, proto, query, costs, tree }, null, 2))
else printReport(machine, reports, side, proto)
if (query && !values.json) printQueries(query)
if (costs && !values.json) printCosts(costs)
if (tree && !values.json) printTree(tree)

/** Of another size, with giants as usual for it. */
function scaled({ giants, ...corpus }: Corpus, mb: number): Corpus {
  return { ...corpus, mb, ...(giants === '' ? { giants } : {}) }
}

async function benchCorpus(corpus: Corpus): Promise<CorpusReport> {
  const { file, summary } = makeDump(folder, corpus)
  const runs = { parse: [] as Use[], import: [] as Use[], withTexts: [] as Use[], again: [] as Use[] }
  const [bytes, indexBytes]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    loads.push(await quietMachine(Number(values.patience)))
    readThrough(file)
    removeStore(store)
    runs.parse.push(await parseFloor(file))
    runs.import.push(await importDump(file, store))
    bytes.push(storeBytes(store))
    runs.again.push(await importDump(file, store))
    removeStore(store)
    runs.withTexts.push(await importWithTexts(file, store))
    indexBytes.push(storeBytes(indexPathOf(store)))
  }
  const questions = await askStore(store)
  removeStore(store)
  rmSync(file)
  const seconds = (uses: readonly Use[]) => uses.map(use => use.seconds)
  return {
    corpus,
    summary,
    floor: { seconds: median(seconds(runs.parse)), cpuSeconds: median(runs.parse.map(use => use.cpuSeconds)) },
    import: { seconds: median(seconds(runs.import)), cpuSeconds: median(runs.import.map(use => use.cpuSeconds)) },
    toParse: pairRatio(seconds(runs.import), seconds(runs.parse)),
    againToParse: pairRatio(seconds(runs.again), seconds(runs.parse)),
    peakMb: Math.max(...runs.import.map(use => use.peakMb)),
    withTextsToParse: pairRatio(seconds(runs.withTexts), seconds(runs.parse)),
    indexPeakMb: Math.max(...runs.withTexts.map(use => use.peakMb)),
    storeShare: median(bytes) / summary.bytes,
    withTextsShare: (median(bytes) + median(indexBytes)) / summary.bytes,
    questions,
  }
}

/** Beside a million spans that are there already, and for somebody who watches. */
async function benchSide(): Promise<Side> {
  process.stderr.write('beside a million spans …\n')
  const scale = values.mb === undefined ? 1 : Math.min(1, Number(values.mb) / 200)
  const crowd = makeDump(folder, { kind: 'small', mb: Math.ceil(641 * scale) }, 2)
  removeStore(million)
  await importDump(crowd.file, million)
  rmSync(crowd.file)
  const { file } = makeDump(folder, { kind: 'full', mb: Math.ceil(200 * scale) }, 3)
  readThrough(file)
  const seconds = { empty: [] as number[], beside: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    loads.push(await quietMachine(Number(values.patience)))
    removeStore(store)
    seconds.empty.push((await importDump(file, store)).seconds)
    copyStore(million, store)
    readThrough(store)
    seconds.beside.push((await importDump(file, store)).seconds)
  }
  const watching = await watchList(file, store)
  rmSync(file)
  return { spansThere: crowd.summary.spans, besideToEmpty: pairRatio(seconds.beside, seconds.empty), watching }
}

/** The same spans as JSON lines and as protobuf. */
async function benchProto(kind: 'full' | 'small'): Promise<Proto> {
  process.stderr.write(`${kind} as protobuf …\n`)
  const { file, summary } = makeDump(folder, { kind, mb: Math.min(200, Number(values.mb ?? 200)) })
  const packed = `${file}.pb`
  writeProtoDump(file, packed)
  const uses = { json: [] as Use[], proto: [] as Use[] }
  for (let round = 0; round < rounds; round++) {
    loads.push(await quietMachine(Number(values.patience)))
    for (const [name, dump] of [
      ['json', file],
      ['proto', packed],
    ] as const) {
      readThrough(dump)
      removeStore(store)
      uses[name].push(await importDump(dump, store))
    }
  }
  removeStore(store)
  for (const each of [file, packed]) rmSync(each)
  const ratio = (of: (use: Use) => number) => pairRatio(uses.proto.map(of), uses.json.map(of))
  const perSpan = (median(uses.proto.map(use => use.cpuSeconds)) / summary.spans) * 1e6
  return {
    kind,
    spans: summary.spans,
    perSpan,
    toJson: ratio(use => use.seconds),
    cpuToJson: ratio(use => use.cpuSeconds),
  }
}
