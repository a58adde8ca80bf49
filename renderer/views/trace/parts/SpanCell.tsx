import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { formatMoney, formatPlural } from '../../../../shared/format/numbers.ts'
import { wordsOfMark } from '../../../components/marks/mark-words.ts'
import { NoteMarks } from '../../../components/notes/NoteBar.tsx'
import type { RowNote } from '../../../state/notes.ts'
import { valueMark } from '../../../components/value/value-desk.ts'
import type { TraceModel } from '../model.ts'
import { attemptWords } from '../model/attempt-words.ts'
import { warningsOf } from '../model/oddities.ts'
import { hasFailed, kindOf, nameOf } from '../model/words.ts'
import { Kind } from './Kind.tsx'
import styles from '../trace.module.css'

interface Props {
  readonly model: TraceModel
  readonly row: number
  readonly matches: Uint8Array | undefined
  readonly folded: boolean
  readonly note: RowNote | undefined
}

/** What a span is and is called, how it went, and what is folded below it. */
export function SpanCell({ model, row, matches, folded, note }: Props) {
  const { tree, sums } = model
  const failed = hasFailed(tree, row)
  const below = sums.errors[row]! - (failed ? 1 : 0)
  const name = nameOf(tree, row)
  const attempt = attemptWords(model, row)
  return (
    <>
      <Kind kind={kindOf(tree, row)} />
      <span className={styles.name} data-title={name} {...valueMark('name', tree.strings[tree.name[row]!])}>
        {name}
      </span>
      {matches?.[row] === 1 && (
        <span className={styles.match} title="Matches what you look for">
          ◆
        </span>
      )}
      {failed && (
        <span
          className={styles.cross}
          {...valueMark('is', 'error')}
          title={below > 0 ? `Failed, and ${below} below it` : 'Failed'}
        >
          ✕
        </span>
      )}
      {note && <NoteMarks note={note} />}
      {attempt && (
        <span className={styles.attempt} data-last={attempt.isLast || undefined} title={attempt.long}>
          {attempt.short}
        </span>
      )}
      {folded && <Folded model={model} row={row} matches={matches} />}
      {warningsOf(tree.marks[row]!).map(mark => (
        <span key={mark} className={styles.mark} {...valueMark('is', mark)} title={wordsOfMark(mark).long}>
          <b>!</b>
          <span className={styles.words}>{wordsOfMark(mark).short}</span>
        </span>
      ))}
    </>
  )
}

/** Nothing is hidden without a count. */
function Folded({ model, row, matches }: Omit<Props, 'folded' | 'note'>) {
  const { sums, tree, shape } = model
  const errors = sums.errors[row]! - (hasFailed(tree, row) ? 1 : 0)
  const cost = sums.cost[row]!
  const found = matches ? matches.subarray(row + 1, shape.last[row]! + 1).reduce((sum, one) => sum + one, 0) : 0
  const more = [
    ...(errors > 0 ? [formatPlural(errors, 'error')] : []),
    ...(found > 0 ? [formatPlural(found, 'match', 'matches')] : []),
    ...(Number.isNaN(cost) ? [] : [formatMoney(cost)]),
  ]
  const text = [`⋯ ${formatPlural(sums.spans[row]! - 1, 'span')} folded`, ...more].join(', ')
  return (
    <span className={styles.folded} data-errors={errors > 0 || undefined} title={text}>
      {visibleLine(text, 100)}
    </span>
  )
}
