import type { ImportProgress } from '../../../shared/contract/imports.ts'
import { formatBytes, formatCount, formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { formatTimeLeft } from '../../../shared/format/times.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { ProgressBar } from '../progress-bar/ProgressBar.tsx'
import styles from './receipt.module.css'

interface Props {
  /** Absent until something was read. */
  readonly progress: ImportProgress | undefined
  /** Imports in line behind this one. */
  readonly waiting?: number
}

/** How far a running import is: bytes, rate, what is left, what was found. */
export function ImportProgressLines({ progress, waiting = 0 }: Props) {
  if (!progress) {
    return (
      <div className={styles.progress}>
        <h2 className={styles.heading}>Starting the import</h2>
        <ProgressBar label="Import" />
      </div>
    )
  }
  const { bytes, totalBytes, fileIndex, fileCount } = progress
  const file = visibleLine(progress.file, 120)
  const rate = `${formatCount(progress.spansPerSecond)} spans/s`
  const amount = totalBytes
    ? [formatShare(bytes, totalBytes), `${formatBytes(bytes)} of ${formatBytes(totalBytes)}`]
    : [formatBytes(bytes)]
  const finishing = progress.phase === 'finishing'
  const line = finishing
    ? ['Ordering the spans of each trace']
    : [...amount, rate, formatTimeLeft(progress.secondsLeft)]
  return (
    <div className={styles.progress}>
      <h2 className={styles.heading}>
        Importing {file}
        {fileCount > 1 && (
          <span className={styles.aside}>
            file {formatCount(fileIndex + 1)} of {formatCount(fileCount)}
          </span>
        )}
      </h2>
      <ProgressBar label="Import" share={totalBytes ? bytes / totalBytes : undefined} />
      <p className={styles.line}>{line.filter(Boolean).join(' · ')}</p>
      <p className={styles.line}>
        {formatPlural(progress.spans, 'span')} · {formatPlural(progress.traces, 'trace')}
        {progress.unreadable > 0 && (
          <span className={styles.warn}> · {formatPlural(progress.unreadable, 'unreadable record')}</span>
        )}
        {waiting > 0 && ` · ${formatCount(waiting)} more in line`}
      </p>
    </div>
  )
}
