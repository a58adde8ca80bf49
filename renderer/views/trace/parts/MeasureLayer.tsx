import { formatDuration } from '../../../../shared/format/times.ts'
import type { Measured } from '../model/cursor.ts'
import type { TimeRange } from '../model/timeline.ts'
import styles from './timeline.module.css'

interface Props {
  readonly measured: Measured
  readonly range: TimeRange
  /** Where the lane stands in the pane, in pixels. */
  readonly left: number
  readonly width: number
  readonly commit: () => void
}

/** A measured length of time, over all rows: how long it is, and the way to show nothing else. */
export function MeasureLayer({ measured, range, left, width, commit }: Props) {
  const length = range.to - range.from
  const from = Math.max(measured.from, range.from)
  const to = Math.min(measured.to, range.to)
  if (from > to) return null
  const share = (time: number) => `${(time / length) * 100}%`
  // As far from the button's own left edge as from that of the lane, in shares of each: at either end it is still whole.
  const middle = share((from + to) / 2 - range.from)
  return (
    <div className={styles.measures} style={{ left, width }}>
      <div className={styles.measured} style={{ left: share(from - range.from), width: share(to - from) }} />
      <button
        type="button"
        className={styles.measure}
        style={{ left: middle, transform: `translateX(-${middle})` }}
        title={`From ${formatDuration(measured.from)} to ${formatDuration(measured.to)}. Enter shows only this, Escape drops it.`}
        onClick={commit}
      >
        {formatDuration(measured.to - measured.from)}
        <span className={styles.key}>Enter shows only this</span>
      </button>
    </div>
  )
}
