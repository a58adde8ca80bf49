import type { ReactNode } from 'react'
import type { TreeCell, TreeColumn, TreeSource } from '../../components/tree-grid/TreeGrid.tsx'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { valueMark } from '../../components/value/value-desk.ts'
import type { TraceModel } from './model.ts'
import { type FigureColumn, figureColumns, type FittingColumns, narrowest, widest } from './model/column-choice.ts'
import type { Cursor } from './model/cursor.ts'
import { type Figure, figureOf } from './model/figures.ts'
import { hasChildren, siblingCount } from './model/shape.ts'
import { describeBar, describeRow, hasFailed } from './model/words.ts'
import { Bar } from './parts/Bar.tsx'
import { describeRun, RunBar, runOf } from './parts/Placeholder.tsx'
import { wordsOfNote } from '../../components/notes/NoteBar.tsx'
import type { RowNote } from '../../state/notes.ts'
import { SpanCell } from './parts/SpanCell.tsx'
import styles from './trace.module.css'

/** The name, the figures that fit, and the time line. */
export function columnsFor(
  { shown, nameWidth }: FittingColumns,
  axis: ReactNode,
  onResize: (id: FigureColumn, width: number) => void,
): TreeColumn[] {
  return [
    { id: 'span', label: 'Span', track: `${nameWidth}px`, isName: true },
    ...shown.map(({ id, width }): TreeColumn => {
      const { label, ...rest } = figureColumns.find(column => column.id === id)!
      return {
        id,
        label,
        ...('long' in rest ? { title: rest.long } : {}),
        track: `${width}px`,
        resize: { width, least: narrowest, most: widest, to: next => onResize(id, next) },
        ...(id === 'model' ? {} : { align: 'end' as const }),
      }
    }),
    { id: 'timeline', label: 'Timeline', track: 'minmax(0, 1fr)', header: axis, isDrawn: true },
  ]
}

/** How rows are drawn, beside what the trace says. */
export interface Look {
  readonly range: Cursor['range']
  readonly hidden: Cursor['hidden']
  readonly folded: Cursor['folded']
  /** In pixels. */
  readonly laneWidth: number
  /** 1 for a row that matches what is looked for. */
  readonly matches: Uint8Array | undefined
  /** What persons put on spans, by their row ids. */
  readonly noted: ReadonlyMap<number, RowNote>
  readonly critical: boolean
}

/** What the tree grid shows of a trace. */
export function sourceOf(model: TraceModel, columns: readonly TreeColumn[], look: Look): TreeSource {
  const { tree, shape, whole } = model
  const { range, laneWidth, matches, noted, hidden, critical } = look
  const noteOf = (row: number) => (noted.size === 0 ? undefined : noted.get(tree.id[row]!))
  const isRun = (row: number) => hidden !== undefined && hidden[row] !== 0
  const isMatch = (row: number) => matches?.[row] === 1
  return {
    columns,
    level: row => shape.depth[row]! + 1,
    position: row => shape.position[row]!,
    siblings: row => siblingCount(shape, row),
    hasChildren: row => !isRun(row) && hasChildren(shape, row),
    name: row => {
      if (isRun(row)) return describeRun(model, hidden!, row)
      const note = noteOf(row)
      const words = note ? `, ${wordsOfNote(note)}` : ''
      return `${describeRow(model, row)}${isMatch(row) ? ', matches the query' : ''}${words}`
    },
    placeholder: row => (isRun(row) ? describeRun(model, hidden!, row) : undefined),
    className: row =>
      hasFailed(tree, row) && !isRun(row) ? styles.failed : matches && !isMatch(row) ? styles.dim : undefined,
    cell: (row, column) => {
      const { id } = columns[column]!
      if (id === 'timeline') {
        if (isRun(row)) {
          const content = <RunBar run={runOf(model, hidden!, row)} range={range} />
          return { content, label: describeRun(model, hidden!, row) }
        }
        const content = <Bar model={model} row={row} range={range} width={laneWidth} critical={critical} />
        const words = describeBar(tree, row, whole, critical)
        return { content, label: words, title: words }
      }
      if (id === 'span') {
        const folded = look.folded[row] === 1
        return { content: <SpanCell model={model} row={row} matches={matches} folded={folded} note={noteOf(row)} /> }
      }
      if (id === 'model') return modelCell(tree.strings[tree.model[row]!])
      return figureCell(figureOf(model, row, id as Exclude<FigureColumn, 'model'>))
    },
  }
}

const empty: TreeCell = { content: undefined }

function modelCell(name: string | undefined): TreeCell {
  if (!name) return empty
  const shown = visibleLine(name, 100)
  return { content: shown, title: shown, className: styles.model, data: valueMark('model', name) }
}

function figureCell({ text, why, isSum }: Figure): TreeCell {
  if (!text) return empty
  return { content: text, label: `${text}: ${why}`, title: why, className: isSum ? styles.sum : styles.figure }
}
