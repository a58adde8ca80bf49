import { useRef, type DragEvent, type PointerEvent } from 'react'
import styles from './resize-handle.module.css'

/** What is dragged inside the window; files have another type. */
const dragged = 'application/x-spanwise-column'

/** A column name that is dragged to the place of another. */
export function columnDrag(id: string, place: (column: string, target: string) => void) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(dragged, id)
      event.dataTransfer.effectAllowed = 'move'
    },
    onDragOver: (event: DragEvent) => event.dataTransfer.types.includes(dragged) && event.preventDefault(),
    onDrop: (event: DragEvent) => {
      const column = event.dataTransfer.getData(dragged)
      if (column !== '') place(column, id)
    },
  }
}

/** The right edge of a column name. The keyboard has + and - on the name itself. */
export function ResizeHandle({ resize }: { readonly resize: (width: number) => void }) {
  const from = useRef<{ readonly x: number; readonly width: number }>(undefined)
  const follow = (event: PointerEvent) => {
    if (from.current) resize(from.current.width + event.clientX - from.current.x)
  }
  return (
    // A pointer's way only.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <span
      className={styles.handle}
      data-handle
      onClick={event => event.stopPropagation()}
      draggable
      onDragStart={event => {
        event.preventDefault()
        event.stopPropagation()
      }}
      onPointerDown={event => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { x: event.clientX, width: event.currentTarget.parentElement!.getBoundingClientRect().width }
      }}
      onPointerMove={follow}
      onPointerUp={event => {
        follow(event)
        from.current = undefined
      }}
    />
  )
}
