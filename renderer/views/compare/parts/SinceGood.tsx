import { useState } from 'react'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { choiceWords, evidenceWords } from '../../../../shared/prompts/last-good-words.ts'
import { useAsk } from '../../../app/view.ts'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { sinceGoodAddress } from '../../../state/compare-desk.ts'
import { userZone } from '../../../state/question.ts'
import styles from '../compare.module.css'
import type { ComparedSpan } from '../model/use-compared.ts'

/** What differs between a bad call (B) and the last good one (A), the likeliest cause first, and how the good one was found. */
export function SinceGood({ a, b }: { readonly a: ComparedSpan; readonly b: ComparedSpan }) {
  const [now] = useState(Date.now)
  const { data, error, again, fresh } = useAsk('prompts.lastGood', { span: b.id, now, zone: userZone() })
  if (error) return <ErrorNote title="What changed could not be told." error={error} retry={again} />
  if (!data || !fresh) return null
  const { good, bad, causes, compared, same, unsaid } = data
  return (
    <section className={styles.since} aria-label="What changed since the last good call">
      <h2 className={styles.sinceTitle}>What changed since the last good call?</h2>
      <p>{choiceWords(data)}</p>
      {good && good.id !== a.id && (
        <p>
          A is another call. <a href={`#${sinceGoodAddress(good, bad)}`}>Compare with the last good one</a>
        </p>
      )}
      {good && good.id === a.id && (
        <>
          {causes.length === 0 && <p>Nothing differs, as far as the files say.</p>}
          <ol className={styles.causes}>
            {causes.map(cause => (
              <li key={cause.part}>
                <b>{cause.part}</b> <span className={styles.cause}>{cause.words}</span>{' '}
                <small className={styles.evidence}>{evidenceWords(cause, compared)}</small>
              </li>
            ))}
          </ol>
          <p className={styles.evidence}>
            {same.length > 0 && `The same: ${same.join(', ')}. `}
            {unsaid.length > 0 && `Said by only one of the two: ${unsaid.join(', ')}. `}
            Ranked by {formatPlural(compared, 'good call')}: what they agreed on and this call does not have comes
            first.
          </p>
        </>
      )}
    </section>
  )
}
