import { useState } from 'react'
import type { Question } from '../../../../../shared/contract/search.ts'
import { formatCount, formatPlural, unknown } from '../../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../../shared/format/times.ts'
import { navigate, useAsk } from '../../../../app/view.ts'
import { ErrorNote } from '../../../../components/error-note/ErrorNote.tsx'
import styles from '../latency.module.css'
import { failureFields, failuresBehind } from '../model/texts.ts'
import { Words } from './Words.tsx'

interface Props {
  readonly query: string
  readonly where: { readonly where?: Question } | undefined
}

const page = 20
const fields = [...failureFields, 'cause']

/** What failed, why, and what became of it. */
export function Failures({ query, where }: Props) {
  const [limit, setLimit] = useState(page)
  const asked = useAsk('latency.failures', where ? { ...where, limit } : null, { live: true })
  const { data, error, again, slow } = asked
  if (error) return <ErrorNote title="The failures could not be counted." error={error} retry={again} />
  if (!data) return null
  const { failed, retried, read, rows, keys } = data
  return (
    <section aria-label="Failures" data-old={slow || undefined}>
      <h2>Failures and retries</h2>
      <p className={styles.note}>
        {failed === 0
          ? 'No span failed.'
          : `${formatPlural(failed, 'span')} failed, ${formatCount(retried)} of which ${retried === 1 ? 'was' : 'were'} tried again.`}
        {read < failed && ` Causes are those of the newest ${formatCount(read)}.`}
      </p>
      {keys.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              {['Name', 'Kind', 'Model', 'Cause'].map(title => (
                <th key={title} scope="col" data-words="">
                  {title}
                </th>
              ))}
              <th scope="col">Failed</th>
              <th scope="col">Tried again</th>
              <th scope="col">Timeouts</th>
              <th scope="col">Time spent</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key, r) => (
              <tr key={JSON.stringify(key)}>
                <Words keys={key} fields={fields} open={() => navigate(failuresBehind(query, key))} />
                <td>{formatCount(data.failures[r])}</td>
                <td>{formatCount(data.retries[r])}</td>
                <td>{formatCount(data.timeouts[r])}</td>
                <td>{Number.isNaN(data.lost[r]!) ? unknown : formatDuration(data.lost[r])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows > keys.length && (
        <button type="button" className={styles.more} onClick={() => setLimit(limit * 4)}>
          {formatCount(rows - keys.length)} more causes; show more
        </button>
      )}
    </section>
  )
}
