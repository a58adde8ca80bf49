import type { DumpKind, DumpSummary } from './generate.ts'

export interface Row {
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
  readonly processes: readonly string[]
}

/** What a person waits for once the dump is in. Milliseconds, each in a new process. */
export interface Questions {
  /** From opening the store to the first page of the list. */
  readonly openAndList: number
  /** The largest trace as columns, first time. */
  readonly largestTree: number
  readonly largestTreeSpans: number
  readonly removal: number
}

export interface BenchReport {
  readonly dump: DumpSummary & { readonly kind: DumpKind; readonly seed: number }
  readonly machine: { readonly cores: number; readonly node: string; readonly loads: readonly number[] }
  readonly rows: { readonly read: Row; readonly parse: Row; readonly import: Row }
  readonly ratios: { readonly toRead: number; readonly toParse: number }
  readonly storeBytes: number
  readonly questions: Questions
}

/** The most we allow; the store's share is for dumps that repeat the whole history in each call. */
export const goals = { toParse: 2, peakMb: 600, storeShare: 0.2 } as const

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export function printReport(report: BenchReport): void {
  const { dump, machine, rows, ratios, questions } = report
  const share = report.storeBytes / dump.bytes
  const peak = rows.import.peakBytes / 1e6
  console.log(
    `${mb(dump.bytes)} MB (${dump.kind}, seed ${dump.seed}): ${dump.lines} lines, ${dump.traces} traces, ${dump.spans} spans, ${dump.calls} calls`,
  )
  console.log(
    `${machine.cores} cores, Node ${machine.node}, 1-minute load before each round ${machine.loads.map(load => load.toFixed(2)).join(', ')}\n`,
  )
  table([
    ['', 'wall s', 'CPU s', 'peak MB', 'x read', 'x JSON.parse'],
    floorRow('read floor (4 MB reads, lines)', rows.read, rows),
    floorRow('JSON.parse floor', rows.parse, rows),
    [
      'import',
      rows.import.wallSeconds.toFixed(2),
      rows.import.cpuSeconds.toFixed(2),
      mb(rows.import.peakBytes),
      ratios.toRead.toFixed(2),
      ratios.toParse.toFixed(2),
    ],
  ])
  console.log()
  table([
    ['', 'measured', 'goal', ''],
    ['import / JSON.parse', ratios.toParse.toFixed(2), `<= ${goals.toParse}`, verdict(ratios.toParse <= goals.toParse)],
    [
      'peak RSS of the import process',
      `${peak.toFixed(0)} MB`,
      `<= ${goals.peakMb} MB`,
      verdict(peak > 0 && peak <= goals.peakMb),
    ],
    ['store / dump', percent(share), `<= ${percent(goals.storeShare)}`, verdict(share <= goals.storeShare)],
  ])
  console.log()
  table([
    ['afterwards', 'ms'],
    ['open the store, first page of the list', questions.openAndList.toFixed(1)],
    [`tree of the largest trace (${questions.largestTreeSpans} spans)`, questions.largestTree.toFixed(1)],
    ['remove the import', questions.removal.toFixed(1)],
  ])
  console.log('\nWall: process start to exit, median of rounds; ratios: median of the ratios within each round.')
  console.log(`CPU: all processes of the run (${rows.import.processes.join(', ')}). Peak: VmHWM of import.js in /proc.`)
}

function floorRow(label: string, row: Row, rows: BenchReport['rows']): readonly string[] {
  return [
    label,
    row.wallSeconds.toFixed(2),
    row.cpuSeconds.toFixed(2),
    mb(row.peakBytes),
    (row.wallSeconds / rows.read.wallSeconds).toFixed(2),
    (row.wallSeconds / rows.parse.wallSeconds).toFixed(2),
  ]
}

function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  for (const row of rows) {
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '))
  }
}

function mb(bytes: number): string {
  return bytes === 0 ? 'unknown' : (bytes / 1e6).toFixed(0)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function verdict(ok: boolean): string {
  return ok ? 'met' : 'MISSED'
}
