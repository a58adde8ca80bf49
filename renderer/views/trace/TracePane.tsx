import { type CSSProperties, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useDismiss } from '../../app/view.ts'
import { TreeGrid, type TreeGridHandle } from '../../components/tree-grid/TreeGrid.tsx'
import { formatDuration } from '../../../shared/format/times.ts'
import { columnsFor, sourceOf } from './columns.tsx'
import { type Cursor, fitTrace, type Move, pan, zoom } from './model/cursor.ts'
import { isWhole, type TimeRange, tickStep } from './model/timeline.ts'
import type { TraceModel } from './model.ts'
import { Axis, tickRoom } from './parts/Axis.tsx'
import { Divider } from './parts/Divider.tsx'
import { useValueKeys } from '../../components/value/use-value-keys.ts'
import { useWidth } from '../../components/use-width.ts'
import { kept } from '../../state/kept.ts'
import { useRowHeight } from '../../state/settings.ts'
import styles from './trace.module.css'

interface Props {
  readonly model: TraceModel
  readonly cursor: Cursor
  readonly element: RefObject<HTMLDivElement | null>
  readonly grid: RefObject<TreeGridHandle | null>
  readonly busy: boolean
  readonly move: (move: Move) => void
  readonly onSelect: (row: number, column: number) => void
  readonly onToggle: (row: number) => void
  readonly onOpen: (row: number) => void
  /** 1 for a row that matches the query that led here. */
  readonly matches: Uint8Array | undefined
}

const leastTree = 200
const leastLane = 120

/** The tree and the waterfall: one list of rows, so bars and names cannot drift apart. */
export function TracePane(props: Props) {
  const { model, cursor, element, grid, move, onSelect, onToggle, onOpen, matches } = props
  const { range } = cursor
  const lane = useRef<HTMLDivElement>(null)
  const paneWidth = useWidth(element)
  const laneWidth = useWidth(lane)
  const [share, setShare] = useState(readShare)
  const rowHeight = useRowHeight()
  const most = Math.max(leastTree, paneWidth - leastLane)
  const treeWidth = Math.min(most, Math.max(leastTree, Math.round(share * paneWidth)))

  const columns = useMemo(() => {
    const onRange = (next: TimeRange) => move((_, old) => ({ ...old, range: next }))
    return columnsFor(
      treeWidth,
      !Number.isNaN(model.totals.cost),
      <Axis range={range} width={laneWidth} lane={lane} onRange={onRange} />,
    )
  }, [model, treeWidth, range, laneWidth, move])
  const source = useMemo(
    () => sourceOf(model, columns, range, laneWidth, matches),
    [model, columns, range, laneWidth, matches],
  )

  useEffect(() => {
    const target = element.current
    if (!target) return undefined
    const onWheel = (event: WheelEvent) => {
      const box = lane.current?.getBoundingClientRect()
      if (!box || event.clientX < box.left) return
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        const at = Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width)))
        const factor = Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.004)
        move((now, old) => zoom(factor, old.range.from + at * (old.range.to - old.range.from))(now, old))
        return
      }
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX
      if (sideways === 0) return
      event.preventDefault()
      move(pan(sideways / Math.max(1, box.width)))
    }
    // Not passive: the page must not zoom with Mod+wheel.
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [element, move])

  useValueKeys(element)
  const zoomed = !isWhole(range, model.whole)
  useDismiss(zoomed, () => move(fitTrace))
  return (
    <div ref={element} className={styles.tree} data-pane="Spans" style={gridLines(range, laneWidth)}>
      <TreeGrid
        label="Spans"
        source={source}
        visible={cursor.visible}
        folded={cursor.folded}
        row={cursor.row}
        column={cursor.column}
        rowHeight={rowHeight}
        headerHeight={26}
        busy={props.busy}
        handle={grid}
        onSelect={onSelect}
        onToggle={onToggle}
        onOpen={onOpen}
      />
      {paneWidth > 0 && (
        <Divider
          at={treeWidth}
          least={leastTree}
          most={most}
          onMove={at => {
            setShare(at / paneWidth)
            kept.setItem(shareKey, String(at / paneWidth))
          }}
        />
      )}
      {zoomed && (
        <button
          type="button"
          className={styles.whole}
          onClick={() => move(fitTrace)}
          title="Show the whole trace (Shift+Z)"
        >
          {formatDuration(range.from)} to {formatDuration(range.to)} · whole trace
        </button>
      )}
    </div>
  )
}

const shareKey = 'spanwise.trace.tree-share'

function readShare(): number {
  const share = Number(kept.getItem(shareKey))
  return share > 0.1 && share < 0.95 ? share : 0.6
}

/** The axis' ticks as one repeating background for every row. */
function gridLines(range: TimeRange, width: number): CSSProperties {
  const length = range.to - range.from
  const step = tickStep(length, Math.floor(width / tickRoom))
  const pixels = (step / length) * width
  const first = ((Math.ceil(range.from / step) * step - range.from) / length) * width
  return { '--tick': `${pixels}px`, '--first-tick': `${first}px` } as CSSProperties
}
