import type { RefObject } from 'react'
import { tickRoom, ticksOf, type TimeRange } from '../model/timeline.ts'
import styles from './timeline.module.css'

interface Props {
  readonly range: TimeRange
  readonly width: number
  readonly lane: RefObject<HTMLDivElement | null>
}

/** What a label needs before the end of the scale, in pixels. */
const labelRoom = 34

/** The scale above the bars. */
export function Axis({ range, width, lane }: Props) {
  const length = range.to - range.from
  return (
    <div className={styles.axis} title="Drag over the time line to measure a part of it">
      <span className="spoken">Timeline</span>
      <div ref={lane} className={styles.lane} aria-hidden>
        {ticksOf(range, Math.floor(width / tickRoom(range, width))).map(tick => (
          <span key={tick.at} className={styles.tick} style={{ left: `${((tick.at - range.from) / length) * 100}%` }}>
            {(range.to - tick.at) / length > labelRoom / width && tick.label}
          </span>
        ))}
      </div>
    </div>
  )
}
