import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react'
import { formatDuration } from '../../../../shared/format/times.ts'
import type { TraceModel } from '../model.ts'
import { isWhole, panBy, type TimeRange, zoomAround } from '../model/timeline.ts'
import { outlineOf, overviewColumns as columns, type Overview, tracks } from '../model/overview.ts'
import styles from './minimap.module.css'

interface Props {
  readonly model: TraceModel
  readonly range: TimeRange
  readonly onRange: (range: TimeRange) => void
}

/** Pixels around an edge of the window that take hold of it. */
const grip = 6

type Grip = 'move' | 'from' | 'to' | 'new'

interface Held {
  readonly grip: Grip
  readonly at: number
  readonly range: TimeRange
  /** Where it was taken hold of: what is said beside it of a new range makes it narrower, and a pixel would mean more. */
  readonly box: DOMRect
}

/** The whole trace in small, and a window on what the waterfall shows: to be dragged, by its edges too, or drawn anew. */
export function Minimap({ model, range, onRange }: Props) {
  const { overview, whole } = model
  const held = useRef<Held>(undefined)
  const drawing = useMemo(() => <Drawing overview={overview} />, [overview])
  const full = isWhole(range, whole)
  const timeAt = (event: PointerEvent<HTMLElement>) => {
    const box = held.current?.box ?? event.currentTarget.getBoundingClientRect()
    return Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width))) * whole.to
  }
  const gripAt = (event: PointerEvent<HTMLElement>): Grip => {
    if (full) return 'new'
    const near = (grip / Math.max(1, event.currentTarget.clientWidth)) * whole.to
    const at = timeAt(event)
    const [toFrom, toEnd] = [Math.abs(at - range.from), Math.abs(at - range.to)]
    if (Math.min(toFrom, toEnd) <= near) return toFrom < toEnd ? 'from' : 'to'
    return at > range.from && at < range.to ? 'move' : 'new'
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const box = event.currentTarget.getBoundingClientRect()
    held.current = { grip: gripAt(event), at: timeAt(event), range, box }
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!held.current) {
      event.currentTarget.dataset['grip'] = gripAt(event)
      return
    }
    onRange(dragged(held.current, timeAt(event), whole))
  }
  const letGo = () => (held.current = undefined)
  const onKeyDown = (event: KeyboardEvent) => {
    const next = steppedBy(event, range, whole)
    if (!next) return
    event.preventDefault()
    event.stopPropagation()
    onRange(next)
  }
  const share = (time: number) => `${(time / whole.to) * 100}%`
  return (
    <div
      role="slider"
      tabIndex={0}
      className={styles.minimap}
      data-whole={full || undefined}
      aria-label="Shown part of the trace"
      aria-valuemin={0}
      aria-valuemax={Math.round(whole.to)}
      aria-valuenow={Math.round(range.from)}
      aria-valuetext={full ? 'the whole trace' : `${formatDuration(range.from)} to ${formatDuration(range.to)}`}
      title="The whole trace: drag to choose what the time line shows. Arrow keys move it, + and - zoom."
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onDoubleClick={() => onRange(whole)}
      onKeyDown={onKeyDown}
    >
      {drawing}
      {!full && (
        <>
          <span className={styles.shade} style={{ left: 0, width: share(range.from) }} />
          <span className={styles.shade} style={{ left: share(range.to), right: 0 }} />
          <span className={styles.window} style={{ left: share(range.from), width: share(range.to - range.from) }} />
        </>
      )}
    </div>
  )
}

function Drawing({ overview }: { readonly overview: Overview }) {
  const errors = [...overview.errors.keys()].filter(column => overview.errors[column] === 1)
  return (
    <>
      {tracks.map(track => (
        <svg
          key={track}
          className={styles.track}
          data-track={track}
          viewBox={`0 0 ${columns} 1`}
          preserveAspectRatio="none"
          aria-hidden
        >
          <path d={outlineOf(overview.running[track])} fill="currentColor" />
        </svg>
      ))}
      {errors.map(column => (
        <span
          key={column}
          className={styles.error}
          style={{ left: `${((column + 0.5) / columns) * 100}%` }}
          aria-hidden
        />
      ))}
    </>
  )
}

function dragged({ grip: held, at, range }: Held, time: number, whole: TimeRange): TimeRange {
  if (held === 'move') return panBy(range, time - at, whole)
  const fixed = held === 'from' ? range.to : held === 'to' ? range.from : at
  return { from: Math.min(fixed, time), to: Math.max(fixed, time) }
}

function steppedBy(event: KeyboardEvent, range: TimeRange, whole: TimeRange): TimeRange | undefined {
  const length = range.to - range.from
  const middle = range.from + length / 2
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return panBy(range, -length / 10, whole)
    case 'ArrowRight':
    case 'ArrowUp':
      return panBy(range, length / 10, whole)
    case 'PageUp':
    case '+':
      return zoomAround(range, middle, 2 / 3, whole)
    case 'PageDown':
    case '-':
      return zoomAround(range, middle, 3 / 2, whole)
    case 'Home':
      return panBy(range, -whole.to, whole)
    case 'End':
      return panBy(range, whole.to, whole)
    default:
      return undefined
  }
}
