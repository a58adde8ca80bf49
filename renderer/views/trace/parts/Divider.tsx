import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import styles from '../trace.module.css'

interface Props {
  /** Pixels from the left. */
  readonly at: number
  readonly least: number
  readonly most: number
  readonly onMove: (at: number) => void
}

const keySteps: Readonly<Record<string, number>> = { ArrowLeft: -16, ArrowRight: 16, Home: -Infinity, End: Infinity }

/** Between the tree and the waterfall: both are one list of rows, so it moves columns, not panes. */
export function Divider({ at, least, most, onMove }: Props) {
  const grip = useRef<number>(undefined)
  const moveTo = (x: number) => onMove(Math.min(most, Math.max(least, x)))
  const onKeyDown = (event: KeyboardEvent) => {
    const by = keySteps[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    moveTo(at + by)
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    grip.current = event.clientX - at
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label="Width of the tree"
      aria-orientation="vertical"
      aria-valuenow={Math.round(at)}
      aria-valuemin={Math.round(least)}
      aria-valuemax={Math.round(most)}
      className={styles.divider}
      style={{ left: at - 4 }}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={event => grip.current !== undefined && moveTo(event.clientX - grip.current)}
      onPointerUp={() => (grip.current = undefined)}
      onPointerCancel={() => (grip.current = undefined)}
    />
  )
}
