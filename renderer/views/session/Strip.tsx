import { useAsk } from '../../app/view.ts'
import { formatDuration } from '../../../shared/format/times.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import type { Question } from '../../../shared/contract/search.ts'
import { numberIn, pageOfRows, textIn } from '../../state/list-page.ts'
import styles from './session.module.css'

/** Traces that are drawn: more could not be told apart. */
const most = 500

/** The traces of a session in time: where they stand, how long they took, which failed. The pointer's way; headings are the other. */
export function Strip({ where }: { readonly where: Question }) {
  const { data } = useAsk('lists.rows', {
    list: 'traces',
    where,
    columns: ['trace', 'name', 'started', 'duration', 'errors'],
    sort: { column: 'started', descending: false },
    offset: 0,
    limit: most,
  })
  if (!data || data.id.length < 2) return null
  const page = pageOfRows(data)
  const traces = Array.from(data.id, (_, i) => ({ page, i })).flatMap(row => {
    const start = numberIn(row, 'started')
    return start === undefined ? [] : [{ row, start, end: start + (numberIn(row, 'duration') ?? 0) }]
  })
  const from = traces[0]?.start ?? 0
  const length = Math.max(1, ...traces.map(({ end }) => end - from))
  return (
    <div className={styles.strip} aria-hidden>
      {traces.map(({ row, start, end }) => (
        <a
          key={page.id[row.i]}
          aria-label={visibleLine(textIn(row, 'name') ?? '', 100) || 'trace'}
          href={`#/trace/${encodeURIComponent(textIn(row, 'trace') ?? '')}`}
          tabIndex={-1}
          className={styles.mark}
          data-failed={(numberIn(row, 'errors') ?? 0) > 0 || undefined}
          style={{ left: `${((start - from) / length) * 100}%`, width: `${((end - start) / length) * 100}%` }}
          title={`${visibleLine(textIn(row, 'name') ?? '', 100)}, ${formatDuration(end - start)}, ${formatDuration(start - from)} after the first`}
        />
      ))}
    </div>
  )
}
