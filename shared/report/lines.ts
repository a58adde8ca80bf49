import type { Output } from '../contract/index.ts'
import type { ReportLine, ReportRow } from './month-report.ts'
import { reportMeasures, type ReportMeasure } from './sections.ts'

type Answer = Output<'costs.table'>

type Measured = ReportLine['now']

/** Of a table asked with `reportMeasures` and compared with the month before. */
export function totalLine(answer: Answer): ReportLine {
  return {
    now: measured(m => answer.total[m]!),
    before: measured(m => answer.beforeTotal?.[m] ?? Number.NaN),
    recorded: answer.totalRecorded,
    computed: answer.totalComputed,
    scores: Array.from(answer.totalScores ?? []),
    scored: Array.from(answer.totalScored ?? []),
  }
}

export function rowsOf(answer: Answer): ReportRow[] {
  const { keys, values, before, scores, scored } = answer
  const n = keys.length
  const column = (numbers: Float64Array | undefined, r: number) =>
    Array.from({ length: (numbers?.length ?? 0) / Math.max(1, n) }, (_, s) => numbers![s * n + r]!)
  return keys.map((key, r) => ({
    key,
    now: measured(m => values[m * n + r]!),
    before: measured(m => before?.[m * n + r] ?? Number.NaN),
    recorded: answer.recorded[r] ?? null,
    computed: answer.computed[r] ?? null,
    scores: column(scores, r),
    scored: column(scored, r),
  }))
}

function measured(at: (m: number) => number): Measured {
  return Object.fromEntries(reportMeasures.map((name, m) => [name, at(m)])) as { [name in ReportMeasure]: number }
}
