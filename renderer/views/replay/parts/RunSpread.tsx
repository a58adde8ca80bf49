import { useMemo } from 'react'
import { formatCount, formatMoney, formatPlural, formatShare, unknown } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { tracesMatching } from '../../../app/view.ts'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { ScrollRegion } from '../../../components/scroll-region/ScrollRegion.tsx'
import { answerKey } from '../model/answer-key.ts'
import type { Attempt } from '../model/attempts.ts'
import type { Original } from '../model/original.ts'
import type { Chosen, Run } from '../model/runs.ts'
import { spreadOf, type Range, type Spread } from '../model/spread.ts'
import { useSpans } from '../model/use-spans.ts'
import styles from '../replay.module.css'
import look from './answers.module.css'

interface Props {
  readonly run: Run
  readonly original: Original
  readonly choose: (chosen: Chosen) => void
}

/** Answers that are read at once; of more the latest. */
const mostRead = 300

/** How far the answers of a run agree with each other and with the logged one, for each request that was sent several times. */
export function RunSpread({ run, original, choose }: Props) {
  const attempts = useMemo(() => run.attempts.slice(0, mostRead).toReversed(), [run])
  const rows = useMemo(() => attempts.flatMap(({ sent }) => (isAnswer(sent) ? [sent.span] : [])), [attempts])
  const { answers, error } = useSpans(rows)
  const said = useMemo(() => answerKey(original.span), [original])
  const groups = useMemo(
    () =>
      [...Map.groupBy(attempts, requestOf)].map(([name, members]) => ({
        name,
        members,
        spread: spreadOf(members.map(({ sent }) => (isAnswer(sent) ? answers.get(sent.span) : undefined))),
      })),
    [attempts, answers],
  )
  const session = run.attempts.find(({ sent }) => sent)?.sent?.run
  return (
    <ScrollRegion className={styles.scroll} label="How far the answers agree">
      <p>
        <b>{formatPlural(run.attempts.length, 'request')}</b> sent together
        {run.attempts.length > mostRead && `, of which the latest ${formatCount(mostRead)} are read`}.{' '}
        {session !== undefined && <a href={`#${tracesMatching(`session:"${session}"`)}`}>Open the run as a list</a>}
      </p>
      {error && <ErrorNote title="The answers could not be read." error={error} />}
      <div className={look.spread}>
        <table aria-label="Spread of each request">
          <thead>
            <tr>
              {['Request', 'Answers', 'Distinct', 'Agree', 'Tokens out', 'Cost', 'Latency', 'Tool calls'].map(name => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(({ name, spread }) => (
              <tr key={name}>
                <th scope="row">{visibleLine(name, 120)}</th>
                <td>
                  {spread.answered} of {spread.sent}
                </td>
                <td>{spread.distinct.length}</td>
                <td>{spread.distinct[0] ? formatShare(spread.distinct[0].count, spread.answered) : unknown}</td>
                <td>{rangeWords(spread.tokens, formatCount)}</td>
                <td>{rangeWords(spread.cost, formatMoney)}</td>
                <td>{rangeWords(spread.latency, formatDuration)}</td>
                <td>{toolWords(spread)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.faint}>Ranges are least, middle and most of what is known.</p>
      {groups.map(({ name, members, spread }) => (
        <section key={name} className={styles.section} aria-label={`Answers of ${visibleLine(name, 120)}`}>
          <h2>{visibleLine(name, 120)}</h2>
          <ul>
            {spread.distinct.map(({ count, text, first }) => (
              <li key={text}>
                <button
                  type="button"
                  className={look.distinct}
                  title="Compare it with the logged one"
                  onClick={() => choose({ send: members[first]!.send })}
                >
                  <b>
                    {formatCount(count)} × {text === said ? '=' : '≠'}
                  </b>
                  <span>{visibleLine(text, 300) || '(nothing)'}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </ScrollRegion>
  )
}

function isAnswer(sent: Attempt['sent']): sent is NonNullable<Attempt['sent']> {
  return sent !== undefined && sent.outcome === 'ok'
}

/** What was asked of whom. */
function requestOf({ variant, model, connection }: Attempt): string {
  return [variant, model ?? connection].filter(word => word !== undefined).join(' · ')
}

function rangeWords(range: Range | undefined, format: (value: number) => string): string {
  if (!range) return unknown
  const { min, median, max } = range
  return min === max ? format(min) : `${format(min)} · ${format(median)} · ${format(max)}`
}

function toolWords({ tools, answered }: Spread): string {
  if (tools.length === 0) return 'none'
  return tools.length === 1 ? 'the same' : `${formatPlural(tools.length, 'way')} in ${formatCount(answered)}`
}
