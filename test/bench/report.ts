import { memoryGoals, type Corpus } from './corpora.ts'
import type { DumpSummary } from './generate.ts'
import type { Watching } from './watch-list.ts'

export interface Cost {
  readonly seconds: number
  readonly cpuSeconds: number
}

/** What a person waits for once the dump is in. Milliseconds, in a new process. */
export interface Questions {
  /** From opening the store to the first page of the list. */
  readonly openAndList: number
  /** The largest trace as columns, first time. */
  readonly largestTree: number
  readonly largestTreeSpans: number
  readonly removal: number
}

export interface CorpusReport {
  readonly corpus: Corpus
  readonly summary: DumpSummary
  readonly floor: Cost
  readonly import: Cost
  readonly toParse: number
  /** The same file once more into the same store. */
  readonly againToParse: number
  readonly peakMb: number
  readonly storeShare: number
  /** An import with the window open, until its last text is found; and the store with its index. */
  readonly withTextsToParse: number
  readonly withTextsShare: number
  readonly indexPeakMb: number
  readonly questions: Questions
}

export interface Side {
  readonly spansThere: number
  /** An import into a store that holds these spans, by one into an empty store. */
  readonly besideToEmpty: number
  readonly watching: Watching
}

/** The same spans as OTLP protobuf, by OTLP/JSON. */
export interface Proto {
  readonly kind: string
  readonly spans: number
  /** Microseconds of CPU for a span. */
  readonly perSpan: number
  readonly toJson: number
  readonly cpuToJson: number
}

export interface Machine {
  readonly cores: number
  readonly node: string
  /** 1-minute load before each round. */
  readonly loads: readonly number[]
}

/** Quiet enough for figures to be quoted. */
export const quietLoad = 1.2

export function printReport(
  machine: Machine,
  corpora: readonly CorpusReport[],
  side: Side | undefined,
  protos: readonly Proto[],
): void {
  const busy = machine.loads.filter(load => load >= quietLoad)
  console.log(
    `${machine.cores} cores, Node ${machine.node}. 1-minute load before each round: ${machine.loads.map(load => load.toFixed(1)).join(' ')}`,
  )
  if (busy.length > 0) console.log(`THE MACHINE WAS NOT QUIET before ${busy.length} of them: wall times say little.`)
  console.log()
  if (corpora.length > 0) printTable([heads, ...corpora.map(cells)])
  const [small, large] = ['full', 'full-4000'].map(name => corpora.find(({ corpus }) => corpus.name === name)?.peakMb)
  if (small && large) console.log(`\nPeak memory, 4 GB by 1 GB: ${within(large / small, memoryGoals.growth)}`)
  if (side) {
    const { watching } = side
    console.log(
      `\nImport beside ${side.spansThere} spans, by one into an empty store: ${within(side.besideToEmpty, 1.05)}`,
    )
    console.log(`First traces visible after ${within(watching.firstTraceSeconds, 1)} s.`)
    console.log(
      `A page of the list, 95th percentile: ${watching.idle.toFixed(2)} ms idle, ${watching.during.toFixed(2)} ms during an import; ${within(watching.during / watching.idle, 2)} times.`,
    )
  }
  for (const { kind, spans, perSpan, toJson, cpuToJson } of protos) {
    console.log(
      `\nProtobuf by JSON of the same ${spans} spans (${kind}): time ${within(toJson, 1)}, CPU ${within(cpuToJson, 1)}; ${perSpan.toFixed(0)} µs of CPU a span.`,
    )
  }
  if (corpora.length === 0) return
  console.log(
    '\nx parse: median over rounds of the ratio to JSON.parse of every line, whole processes from start to exit.',
  )
  console.log(
    `again: the same file once more. In parentheses the most it should be; ! past it. Memory: ${memoryGoals.peakMb} MB.`,
  )
}

const heads = [
  '',
  'MB',
  'spans',
  'parse s',
  'import s',
  'CPU s',
  'x parse',
  'again',
  'peak MB',
  'store %',
  'x parse with texts',
  'store and index %',
  'index peak MB',
  'reopen ms',
  'largest tree ms',
]

function cells(report: CorpusReport): readonly string[] {
  const { corpus, summary, questions } = report
  return [
    corpus.name,
    (summary.bytes / 1e6).toFixed(0),
    String(summary.spans),
    report.floor.seconds.toFixed(2),
    report.import.seconds.toFixed(2),
    report.import.cpuSeconds.toFixed(2),
    within(report.toParse, corpus.goals.import),
    within(report.againToParse, corpus.goals.again),
    `${report.peakMb.toFixed(0)}${report.peakMb > memoryGoals.peakMb ? '!' : ''}`,
    within(report.storeShare * 100, corpus.goals.store && corpus.goals.store * 100, 1),
    within(report.withTextsToParse, corpus.goals.withTexts),
    within(report.withTextsShare * 100, corpus.goals.textsShare && corpus.goals.textsShare * 100, 1),
    report.indexPeakMb.toFixed(0),
    questions.openAndList.toFixed(0),
    `${questions.largestTree.toFixed(0)} (${questions.largestTreeSpans})`,
  ]
}

/** `0.85 (0.9)`, or with a ! where it is past its goal. */
function within(value: number, goal: number | undefined, digits = 2): string {
  if (goal === undefined) return value.toFixed(digits)
  return `${value.toFixed(digits)}${value <= goal ? '' : '!'} (${Number(goal.toFixed(2))})`
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  for (const row of rows) {
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '))
  }
}
