import { formatCount } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { type Tick, ticksOfMoments, useMoments } from '../model/moments.ts'
import type { TimeRange } from '../model/timeline.ts'
import styles from './timeline.module.css'

interface Props {
  readonly id: number
  /** Of the span, microseconds after the trace's. */
  readonly start: number
  readonly range: TimeRange
  readonly width: number
}

/** When the span noted something: a short tick above its bar; an exception through it. */
export function EventTicks({ id, start, range, width }: Props) {
  const moments = useMoments(id)
  if (moments.length === 0) return null
  return ticksOfMoments(moments, start, range, width).map(tick => (
    <span
      key={`${tick.left} ${tick.failed}`}
      className={styles.event}
      data-failed={tick.failed || undefined}
      style={{ left: `${Number((tick.left * 100).toFixed(4))}%` }}
      title={titleOf(tick)}
    />
  ))
}

function titleOf({ first, count }: Tick): string {
  const after = first.at < 0 ? `${formatDuration(-first.at)} before the start` : `+${formatDuration(first.at)}`
  const others = count > 1 ? `, and ${formatCount(count - 1)} more` : ''
  return `${visibleLine(first.name, 100) || '(no name)'} ${after}${others}`
}
