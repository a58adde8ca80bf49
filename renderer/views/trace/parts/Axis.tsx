import { type PointerEvent, type RefObject, useState } from 'react'
import { useDismiss } from '../../../app/view.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { ticksOf, type TimeRange } from '../model/timeline.ts'
import styles from './timeline.module.css'

interface Props {
  readonly range: TimeRange
  readonly width: number
  readonly lane: RefObject<HTMLDivElement | null>
  readonly onRange: (range: TimeRange) => void
}

/** Room from one tick to the next, in pixels. */
export const tickRoom = 72

/** What a label needs before the end of the scale, in pixels. */
const labelRoom = 34

/** The scale above the bars. Dragging along it shows that part of the time; Escape lets go. */
export function Axis({ range, width, lane, onRange }: Props) {
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>()
  useDismiss(drag !== undefined, () => setDrag(undefined))
  const length = range.to - range.from
  const shareAt = (event: PointerEvent) => {
    const box = lane.current!.getBoundingClientRect()
    return Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width)))
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ from: shareAt(event), to: shareAt(event) })
  }
  const onPointerUp = () => {
    if (!drag) return
    const [from, to] = drag.from < drag.to ? [drag.from, drag.to] : [drag.to, drag.from]
    setDrag(undefined)
    if ((to - from) * width > 4) onRange({ from: range.from + from * length, to: range.from + to * length })
  }
  return (
    <div
      className={styles.axis}
      title="Drag to show a part of the time"
      onPointerDown={onPointerDown}
      onPointerMove={event => drag && setDrag({ ...drag, to: shareAt(event) })}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDrag(undefined)}
    >
      <span className="spoken">Timeline</span>
      <div ref={lane} className={styles.lane} aria-hidden>
        {ticksOf(range, Math.floor(width / tickRoom)).map(tick => (
          <span key={tick.at} className={styles.tick} style={{ left: `${((tick.at - range.from) / length) * 100}%` }}>
            {(range.to - tick.at) / length > labelRoom / width && tick.label}
          </span>
        ))}
        {drag && (
          <span
            className={styles.drag}
            style={{ left: `${Math.min(drag.from, drag.to) * 100}%`, width: `${Math.abs(drag.to - drag.from) * 100}%` }}
          >
            {formatDuration(Math.abs(drag.to - drag.from) * length)}
          </span>
        )}
      </div>
    </div>
  )
}
