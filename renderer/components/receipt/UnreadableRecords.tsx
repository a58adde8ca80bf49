import { useState } from 'react'
import type { UnreadableRecord } from '../../../shared/domain/receipt.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { visibleLine, visibleText } from '../../../shared/format/visible-text.ts'
import { Button } from '../button/Button.tsx'
import styles from './receipt.module.css'

/** How many are shown before the reader asks for the rest. */
const first = 5

/** Records that could not be read, with their place and the reason. At most 1,000 are listed; the count is exact. */
export function UnreadableRecords(props: { readonly records: readonly UnreadableRecord[]; readonly count: number }) {
  const { records, count } = props
  const [all, setAll] = useState(false)
  const shown = all ? records : records.slice(0, first)
  return (
    <div className={styles.unreadable}>
      <p className={styles.warn}>{formatPlural(count, 'unreadable record')}</p>
      <ul className={styles.records}>
        {shown.map((record, i) => (
          // A receipt never changes.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={i}>
            <span className={styles.place}>{placeOf(record)}</span>
            <span title={record.code}>
              {visibleLine(record.message, 400)}
              {record.bytes !== undefined && <Bytes text={record.bytes} />}
            </span>
          </li>
        ))}
      </ul>
      {!all && records.length > first && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show {formatCount(records.length - first)} more
        </Button>
      )}
      {all && count > records.length && (
        <p className={styles.line}>{formatCount(count - records.length)} more are counted but not listed.</p>
      )}
    </div>
  )
}

/** What stands there, as far as it was kept. */
function Bytes({ text }: { readonly text: string }) {
  return (
    <details className={styles.bytes}>
      <summary>show bytes</summary>
      <pre>{visibleText(text)}</pre>
    </details>
  )
}

function placeOf(record: UnreadableRecord): string {
  if (record.line !== undefined) return `line ${formatCount(record.line)}`
  return record.byte === undefined ? 'somewhere' : `byte ${formatCount(record.byte)}`
}
