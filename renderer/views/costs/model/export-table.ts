import { printCell, type Cell } from '../../../../shared/format/csv-cell.ts'
import type { Output } from '../../../../shared/contract/index.ts'
import { measures, type Measure } from '../../../../shared/query/cost-measures.ts'
import { writtenKey } from '../../../../shared/query/written-value.ts'
import { nanoToDecimal } from '../../../../shared/domain/numbers.ts'
import { cellText, keyText } from './cell-text.ts'

type Answer = Output<'costs.table'>

/** What a table is saved as: whole, however much of it is on the screen. */
export interface Exported {
  readonly fields: readonly string[]
  readonly show: readonly Measure[]
  readonly answer: Answer
}

/** Money as dollars to the digit, lengths of time in milliseconds; unknown is absent. */
function numberOf(measure: Measure, value: number): Cell {
  if (Number.isNaN(value)) return undefined
  const { type } = measures[measure]
  if (type === 'money') return { digits: nanoToDecimal(Math.round(value)) }
  return type === 'duration' ? value / 1000 : value
}

function titleOf(measure: Measure): string {
  const { type } = measures[measure]
  return `${measure}${type === 'money' ? ' (USD)' : type === 'duration' ? ' (ms)' : ''}`
}

export function toCsv({ fields, show, answer }: Exported): string {
  const lines = answer.keys.map((key, r) => [
    ...writtenKey(fields, key).map(value => value ?? undefined),
    ...show.map((measure, m) => numberOf(measure, answer.values[m * answer.keys.length + r]!)),
  ])
  return [[...fields, ...show.map(titleOf)], ...lines].map(cells => `${cells.map(printCell).join(',')}\r\n`).join('')
}

export function toJson({ fields, show, answer }: Exported): string {
  const line = (at: (m: number) => number) =>
    Object.fromEntries(
      show.map((measure, m) => {
        const cell = numberOf(measure, at(m))
        return [measure, typeof cell === 'object' ? cell.digits : (cell ?? null)]
      }),
    )
  const rows = answer.keys.map((key, r) => ({
    key: writtenKey(fields, key),
    ...line(m => answer.values[m * answer.keys.length + r]!),
  }))
  return `${JSON.stringify({ by: fields, rows, total: line(m => answer.total[m]!) }, null, 1)}\n`
}

/** For a pull request: as on the screen. */
export function toMarkdown({ fields, show, answer }: Exported): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll(/[\\|]/g, '\\$&')).join(' | ')} |`
  const rows = answer.keys.map((key, r) =>
    line([
      ...key.map((value, k) => keyText(value, fields[k]!, fields[k]!)),
      ...show.map((measure, m) => cellText(measure, answer.values[m * answer.keys.length + r]!)),
    ]),
  )
  const total = [
    'Total',
    ...fields.slice(1).map(() => ''),
    ...show.map((measure, m) => cellText(measure, answer.total[m]!)),
  ]
  return [
    line([...fields, ...show.map(measure => measures[measure].label)]),
    line([...fields.map(() => '---'), ...show.map(() => '---:')]),
    ...rows,
    line(total),
    '',
  ].join('\n')
}
