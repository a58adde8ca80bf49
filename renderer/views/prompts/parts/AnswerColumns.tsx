import { useMemo } from 'react'
import { textsOf } from '../../../../shared/diff/span-texts.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { decimalToNano } from '../../../../shared/domain/numbers.ts'
import { formatCount, formatMoney, formatTokens } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine, visibleText } from '../../../../shared/format/visible-text.ts'
import { useAsk } from '../../../app/view.ts'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import type { Side } from '../model/sides.ts'
import styles from '../prompts.module.css'
import own from './answers.module.css'
import { holdBack } from './Answers.tsx'

/** Characters of an answer that stand in its column: the two that are compared stand whole below. */
const mostShown = 4000

interface Answered {
  readonly side: Side
  readonly call: { readonly id: number }
}

interface Props {
  readonly answers: readonly Answered[]
  /** Which one is compared with the first. */
  readonly chosen: number
  readonly choose: (at: number) => void
}

/** Three to five answers side by side; pressing one compares it with the first, word by word. */
export function AnswerColumns({ answers, chosen, choose }: Props) {
  return (
    <div className={own.answers} role="group" aria-label="Answers side by side">
      {answers.map((one, i) => (
        <Column key={one.side.letter} {...one} isChosen={i === chosen} choose={i === 0 ? undefined : () => choose(i)} />
      ))}
    </div>
  )
}

interface ColumnProps extends Answered {
  readonly isChosen: boolean
  /** Absent of the one that all are compared with. */
  readonly choose: (() => void) | undefined
}

function Column({ side, call, isChosen, choose }: ColumnProps) {
  const { data: span, error, again } = useAsk('spans.read', { id: call.id, holdBack })
  const cost = useAsk('spans.cost', { id: call.id }).data?.cost
  const text = useMemo(() => span && textsOf(span).output, [span])
  const dollars = span?.recordedCost ?? cost?.cost?.dollars
  return (
    <section aria-label={`${side.letter} ${side.words}`}>
      <h3>
        {choose ? (
          <button type="button" aria-pressed={isChosen} onClick={choose}>
            {side.letter} {side.words}
          </button>
        ) : (
          `${side.letter} ${side.words}`
        )}
      </h3>
      {error && <ErrorNote title="The answer could not be read." error={error} retry={again} />}
      {span && (
        <p className={styles.faint}>
          {[...factsOf(span), dollars === undefined ? [] : formatMoney(decimalToNano(dollars))].flat().join(' · ')}
        </p>
      )}
      {text !== undefined && (
        <div className={own.answer} dir="auto">
          {visibleText(text.slice(0, mostShown)) || <i>No text</i>}
          {text.length > mostShown && <i> … {formatCount(text.length - mostShown)} more characters</i>}
        </div>
      )}
    </section>
  )
}

/** What is known of an answer beside its text, in a line. */
function factsOf({ status, model, durationNs, usage, scores = [] }: Span): string[] {
  return [
    status === 'error' ? ['failed'] : [],
    model === undefined ? [] : visibleLine(model, 40),
    durationNs === undefined ? [] : formatDuration(Number(BigInt(durationNs) / 1000n)),
    usage?.output === undefined ? [] : `${formatTokens(usage.output)} tokens out`,
    scores.map(
      ({ name, value, label }) => `${visibleLine(name, 40)} ${visibleLine(String(value ?? label ?? '–'), 40)}`,
    ),
  ].flat()
}
