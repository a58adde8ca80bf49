import { type CSSProperties, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useDismiss } from '../../app/view.ts'
import { TreeGrid, type TreeGridHandle } from '../../components/tree-grid/TreeGrid.tsx'
import { useWidth } from '../../components/use-width.ts'
import { kept } from '../../state/kept.ts'
import type { RowNote } from '../../state/notes.ts'
import { useRowHeight } from '../../state/settings.ts'
import { useValueKeys } from '../../components/value/use-value-keys.ts'
import { columnsFor, sourceOf } from './columns.tsx'
import { fitColumns, keepColumns, recallColumns, withWidth, type ChosenColumn } from './model/column-choice.ts'
import { back, commitMeasured, type Cursor, measure, type Move } from './model/cursor.ts'
import { hiddenBy } from './model/hiding.ts'
import { isWhole, type TimeRange, tickRoom, tickStep } from './model/timeline.ts'
import type { TraceModel } from './model.ts'
import { Axis } from './parts/Axis.tsx'
import { Divider } from './parts/Divider.tsx'
import { MeasureLayer } from './parts/MeasureLayer.tsx'
import { TimeTools } from './parts/TimeTools.tsx'
import styles from './trace.module.css'
import { useMeasuring } from './use-measuring.ts'
import { useWheel } from './use-wheel.ts'

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
  /** 1 for a row that matches what is looked for. */
  readonly matches: Uint8Array | undefined
  /** What persons put on spans, by their row ids. */
  readonly noted: ReadonlyMap<number, RowNote>
  /** Whether the critical path is drawn. */
  readonly critical: boolean
  readonly onCritical: () => void
}

/** Widths of the trace before: with them the next is mostly drawn once, and not again when it has been measured. */
const last = { pane: 0, lane: 0 }

const leastTree = 200
const leastLane = 120
/** Between a cell's edge and what stands in it, as in the style sheet. */
const cellPadding = 8

/** The tree and the waterfall: one list of rows, so bars and names cannot drift apart. */
export function TracePane(props: Props) {
  const { model, cursor, element, grid, move, onSelect, onToggle, onOpen, matches, noted, critical, onCritical } = props
  const { range, hidden, folded, measured } = cursor
  const lane = useRef<HTMLDivElement>(null)
  const paneWidth = useWidth(element, last.pane)
  const laneWidth = useWidth(lane, last.lane)
  useLayoutEffect(() => {
    Object.assign(last, { pane: paneWidth, lane: laneWidth })
  }, [paneWidth, laneWidth])
  const [share, setShare] = useState(readShare)
  const rowHeight = useRowHeight()
  const [choice, setChoice] = useState(recallColumns)
  const most = Math.max(leastTree, paneWidth - leastLane)
  const treeWidth = Math.min(most, Math.max(leastTree, Math.round(share * paneWidth)))
  const fitting = useMemo(
    () => fitColumns(choice, treeWidth, !Number.isNaN(model.totals.cost)),
    [choice, treeWidth, model],
  )
  const columns = useMemo(
    () =>
      columnsFor(fitting, <Axis range={range} width={laneWidth} lane={lane} />, (id, width) =>
        setChoice(old => remember(withWidth(old, id, width))),
      ),
    [fitting, range, laneWidth],
  )
  const source = useMemo(
    () => sourceOf(model, columns, { range, hidden, folded, laneWidth, matches, noted, critical }),
    [model, columns, range, hidden, folded, laneWidth, matches, noted, critical],
  )
  const chosen = useMemo(
    () => ({ choice, fitting, choose: (next: readonly ChosenColumn[]) => setChoice(remember(next)) }),
    [choice, fitting],
  )
  const foldsAttempts = useMemo(() => hidden?.includes(hiddenBy.attempts) ?? false, [hidden])
  useWheel(element, lane, move)
  useMeasuring(element, lane, range, move)
  useValueKeys(element)
  useDismiss(!isWhole(range, model.whole) || cursor.path.length > 0, () => move(back))
  useDismiss(measured !== undefined, () => move(measure(undefined)))
  return (
    <div className={styles.treeSide} data-pane="Spans">
      <TimeTools
        model={model}
        range={range}
        path={cursor.path}
        foldsAttempts={foldsAttempts}
        move={move}
        critical={critical}
        onCritical={onCritical}
        columns={chosen}
      />
      <div
        ref={element}
        className={styles.tree}
        style={gridLines(range, laneWidth, treeWidth + cellPadding)}
        data-narrow={fitting.nameWidth < 190 || undefined}
      >
        <TreeGrid
          label="Spans"
          source={source}
          visible={cursor.visible}
          folded={folded}
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
        {measured && (
          <MeasureLayer
            measured={measured}
            range={range}
            left={treeWidth + cellPadding}
            width={laneWidth}
            commit={() => move(commitMeasured)}
          />
        )}
      </div>
    </div>
  )
}

function remember(choice: readonly ChosenColumn[]): readonly ChosenColumn[] {
  keepColumns(choice)
  return choice
}

const shareKey = 'spanwise.trace.tree-share'

function readShare(): number {
  const share = Number(kept.getItem(shareKey))
  return share > 0.1 && share < 0.95 ? share : 0.6
}

/** The axis' ticks behind all rows: one background for the whole grid. */
function gridLines(range: TimeRange, width: number, left: number): CSSProperties {
  const length = range.to - range.from
  const step = tickStep(length, Math.floor(width / tickRoom(range, width)))
  const pixels = (step / length) * width
  const first = ((Math.ceil(range.from / step) * step - range.from) / length) * width
  const lines = `repeating-linear-gradient(to right, var(--border) 0 1px, transparent 1px ${pixels}px)`
  return {
    '--behind': `${lines} ${left + first}px 0 / ${Math.max(0, width - first)}px 100% no-repeat`,
  } as CSSProperties
}
