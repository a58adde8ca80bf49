import type { FieldConflict } from '../../../shared/domain/receipt.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import styles from './receipt.module.css'

interface Props {
  readonly conflicts: readonly FieldConflict[]
  readonly count: number
}

/** Records of one span that said different things: what the span says now, and what lost. */
export function Conflicts({ conflicts, count }: Props) {
  return (
    <details className={styles.details}>
      <summary>{formatPlural(count, 'field')} on which records of one span disagree</summary>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Span</th>
            <th scope="col">Field</th>
            <th scope="col">Kept</th>
            <th scope="col">Other record</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map((conflict, i) => (
            // A receipt never changes.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={i}>
              <td>
                <a href={`#/trace/${encodeURIComponent(conflict.traceId)}`}>{visibleLine(conflict.spanId, 40)}</a>
              </td>
              <td>{visibleLine(conflict.field, 80)}</td>
              <td>{visibleLine(conflict.kept, 200)}</td>
              <td>{visibleLine(conflict.other, 200)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > conflicts.length && (
        <p className={styles.line}>{formatCount(count - conflicts.length)} more are counted but not listed.</p>
      )}
    </details>
  )
}
