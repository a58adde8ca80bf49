import type { Output } from '../../../../shared/contract/index.ts'
import { formatCount, formatMoney, formatPlural } from '../../../../shared/format/numbers.ts'
import { doubtSentences } from '../../../../shared/money/cost-doubts.ts'
import { untimedSentences } from '../../../../shared/query/latency-measures.ts'
import { parseQuery } from '../../../../shared/query/parse.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import styles from '../costs.module.css'
import { mostTrends } from '../model/trends.ts'

interface Props {
  readonly answer: Output<'costs.table'>
  /** Fields of which a call may have several values. */
  readonly labels: readonly string[]
  readonly byTool: boolean
  /** The query of the calls compared with. */
  readonly other: string | undefined
  /** There are too many rows for the trends that are shown. */
  readonly lacksTrends: boolean
  /** The name of a definition of success that is asked for and is not there. */
  readonly unknownSuccess: string | undefined
  /** Some column says how long calls took. */
  readonly isTimed: boolean
}

/** How much of the total each ledger gave. */
function ledgers({ totalRecorded, totalComputed, filled }: Output<'costs.table'>): string[] {
  if (filled === 0 || totalComputed === null) return []
  const said = totalRecorded === null ? 'nothing' : money(totalRecorded)
  return [
    `Of the cost the files said ${said}; that of ${formatPlural(filled, 'call')} is computed from usage and prices.`,
  ]
}

function money(dollars: string): string {
  return formatMoney(Number(dollars) * 1e9)
}

function soFar({ searched }: Output<'costs.table'>): string {
  if (!searched || searched.all === 0) return 'Not all is read yet: figures so far.'
  const share = Math.floor((100 * searched.done) / searched.all)
  return `${share} % of the records are read: figures so far. What a record says that is not read yet is missing.`
}

function compared(other: string): string {
  if (!parseQuery(other).ok) return `Compared with nothing: there is a mistake in ${visibleLine(other)}.`
  return `Compared with ${other === '' ? 'all calls' : visibleLine(other)}.`
}

/** What a reader of the table must know to trust it. */
export function Notes({ answer, labels, byTool, other, lacksTrends, unknownSuccess, isTimed }: Props) {
  const { aside } = answer
  const notes = [
    ...(labels.length > 0
      ? [`Rows overlap: a call may have several of ${labels.join(', ').toLowerCase()}. The total counts it once.`]
      : []),
    ...(byTool ? ['A tool costs what the calls cost that were the first to read its results.'] : []),
    ...ledgers(answer),
    ...(aside.count > 0
      ? [
          `${formatPlural(aside.count, 'span')} beside calls (embeddings, agents) carry usage too; they stand in no row.`,
        ]
      : []),
    ...doubtSentences(answer),
    ...(isTimed ? untimedSentences(answer.untimed) : []),
    ...(unknownSuccess === undefined
      ? []
      : [`No definition of success is called ${visibleLine(unknownSuccess, 60)}: nothing is judged by it.`]),
    ...(other === undefined ? [] : [compared(other)]),
    ...(lacksTrends
      ? [
          `No trends of ${formatPlural(answer.rows, 'row')}: they are drawn where there are ${formatCount(mostTrends)} or fewer.`,
        ]
      : []),
    ...(answer.exact ? [] : [soFar(answer)]),
  ]
  if (notes.length === 0) return null
  return (
    <ul className={styles.notes} aria-label="About this table">
      {notes.map(note => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}
