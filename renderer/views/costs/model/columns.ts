import type { ColumnChoice } from '../../../components/columns/column-choice.ts'
import { measureNames, measures, type Measure } from '../../../../shared/query/cost-measures.ts'

/** How the cost of a row went over time; no measure, and there only while the table is not split by time. */
export const trend = 'trend'
export type ColumnId = Measure | typeof trend

export interface CostColumn {
  readonly id: ColumnId
  readonly label: string
  readonly help: string
  /** Pixels. */
  readonly width: number
  readonly pinned: boolean
}

const widths = { count: 68, tokens: 84, money: 90, duration: 90, number: 84 } as const
/** A share of the total, and a change, beside the number. */
const beside = 46

const ofTrend = { label: 'Trend', help: 'what it cost over time, each row by its own measure', width: 112 }

/** What stands in a table: as chosen, within what it can show. */
export function columnsOf(choice: ColumnChoice, hasChanges: boolean): readonly CostColumn[] {
  return choice.flatMap(({ field, width, pinned = false }) => {
    const id = columnId(field)
    if (!id) return []
    const usual = id === trend ? ofTrend : { ...measures[id], width: widthOf(id, hasChanges) }
    return [{ id, label: usual.label, help: usual.help, width: width ?? usual.width, pinned }]
  })
}

export function columnId(field: string): ColumnId | undefined {
  return field === trend ? trend : measureNames.find(one => one === field)
}

export function isShared(measure: Measure): boolean {
  return measure === 'cost' || measure === 'recorded' || measure === 'computed'
}

function widthOf(measure: Measure, hasChanges: boolean): number {
  const action = measure === 'unpriced' ? 40 : 0
  const { type, label } = measures[measure]
  const least = Math.max(widths[type], Math.ceil(label.length * 6.4) + 26)
  return action + least + (isShared(measure) ? beside : 0) + (hasChanges ? beside : 0)
}

const usualMeasures: readonly Measure[] = [
  'calls',
  'input',
  'cacheRead',
  'output',
  'cost',
  'recorded',
  'unpriced',
  'costPerCall',
  'latency.p95',
]

export const usualColumns: ColumnChoice = [...usualMeasures, trend].map(field => ({ field }))

/** Everything that can be chosen by its name; successes stand in the table while somebody said what they are. */
export const offeredColumns = columnsOf(
  [...measureNames.filter(one => one !== 'outcomes' && one !== 'costPerOutcome'), trend].map(field => ({ field })),
  false,
)

/** The measures of a link in its order, as wide and pinned as the reader likes them. */
export function choiceOf(named: readonly ColumnId[], kept: ColumnChoice | undefined): ColumnChoice {
  const order = named.map(field => kept?.find(one => one.field === field) ?? { field })
  return [...order.filter(one => one.pinned), ...order.filter(one => !one.pinned)]
}
