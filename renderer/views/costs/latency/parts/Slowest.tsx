import type { Question } from '../../../../../shared/contract/search.ts'
import { formatCount, formatPlural } from '../../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../../shared/format/times.ts'
import { navigate, useAsk } from '../../../../app/view.ts'
import { ErrorNote } from '../../../../components/error-note/ErrorNote.tsx'
import styles from '../latency.module.css'
import { timesText } from '../model/texts.ts'
import { Words } from './Words.tsx'

const most = 20
const fields = ['model', 'prompt'] as const

/** Calls that took longer than others of their model and prompt do. */
export function Slowest({ where }: { readonly where: { readonly where?: Question } | undefined }) {
  const { data, error, again, slow } = useAsk('latency.slowest', where ? { ...where, limit: most } : null, {
    live: true,
  })
  if (error) return <ErrorNote title="The slowest calls could not be found." error={error} retry={again} />
  if (!data) return null
  const { keys, lengths, medians, peers, lonely } = data
  return (
    <section aria-label="Slowest calls" data-old={slow || undefined}>
      <h2>Slowest calls against their peers</h2>
      <p className={styles.note}>
        The {most} that took longest, as times the median of all calls of the same model and prompt.
        {lonely > 0 &&
          ` ${formatPlural(lonely, 'call')} of unknown length or with fewer than five peers: not compared.`}
      </p>
      {keys.length === 0 ? (
        <p className={styles.note}>No call took longer than its peers.</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" data-words="">
                Model
              </th>
              <th scope="col" data-words="">
                Prompt
              </th>
              <th scope="col">Took</th>
              <th scope="col">Median</th>
              <th scope="col">Times</th>
              <th scope="col">Peers</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key, r) => {
              const span = data.spans[r]!
              const to = `/trace/${encodeURIComponent(data.traces[r]!)}?span=${span}`
              return (
                <tr key={span}>
                  <Words keys={key} fields={fields} open={() => navigate(to)} />
                  <td>{formatDuration(lengths[r])}</td>
                  <td>{formatDuration(medians[r])}</td>
                  <td>{timesText(lengths[r]!, medians[r]!)}</td>
                  <td>{formatCount(peers[r])}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </section>
  )
}
