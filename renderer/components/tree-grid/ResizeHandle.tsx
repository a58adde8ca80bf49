import { type PointerEvent, useRef } from 'react'
import type { TreeColumn } from './TreeGrid.tsx'
import styles from './tree-grid.module.css'

/** The left edge of a column: what is left of it gives way. A pointer's way only; who shows the columns gives keys another. */
export function ResizeHandle({ resize }: { readonly resize: NonNullable<TreeColumn['resize']> }) {
  const from = useRef<{ readonly x: number; readonly width: number }>(undefined)
  const follow = (event: PointerEvent) => {
    if (!from.current) return
    const width = from.current.width - (event.clientX - from.current.x)
    resize.to(Math.min(resize.most, Math.max(resize.least, width)))
  }
  return (
    <span
      className={styles.handle}
      data-handle
      aria-hidden
      onPointerDown={event => {
        if (event.button !== 0) return
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { x: event.clientX, width: resize.width }
      }}
      onPointerMove={follow}
      onPointerUp={() => (from.current = undefined)}
      onPointerCancel={() => (from.current = undefined)}
    />
  )
}
