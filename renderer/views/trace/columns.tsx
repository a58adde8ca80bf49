import type { TreeColumn, TreeSource } from '../../components/tree-grid/TreeGrid.tsx'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { valueMark } from '../../components/value/value-desk.ts'
import type { TraceModel } from './model.ts'
import { costOf, type Figure, timeOf, tokensOf } from './model/figures.ts'
import { wordsOfMark } from '../../components/marks/mark-words.ts'
import { warningsOf } from './model/oddities.ts'
import { hasChildren, siblingCount } from './model/shape.ts'
import { type TimeRange } from './model/timeline.ts'
import { describeBar, describeRow, hasFailed, kindOf, nameOf } from './model/words.ts'
import { Bar } from './parts/Bar.tsx'
import { Kind } from './parts/Kind.tsx'
import styles from './trace.module.css'

export type ColumnId = 'span' | 'model' | 'tokens' | 'cost' | 'time' | 'timeline'

/** In pixels. The span takes what is left of the tree's side. */
const widths = { model: 132, tokens: 54, cost: 76, time: 66 }
/** The width below which the span's name would be cut too often; columns beyond it hide first. */
const leastName = 280
/** The same for a column with nothing in it. */
const leastBesideNothing = 360
/** The same for the time, which the bar shows too. */
const leastBesideTime = 160

/** The columns that fit on the tree's side of the divider. Costs yield to names where the file records none. */
export function columnsFor(treeWidth: number, hasCosts: boolean, axis: TreeColumn['header']): TreeColumn[] {
  let left = treeWidth
  const fits = (width: number, least = leastName) => {
    if (left - width < least) return false
    left -= width
    return true
  }
  const shows = {
    time: fits(widths.time, leastBesideTime),
    tokens: fits(widths.tokens),
    cost: fits(widths.cost, hasCosts ? leastName : leastBesideNothing),
    model: fits(widths.model),
  }
  const columns: (TreeColumn & { readonly id: ColumnId })[] = [
    { id: 'span', label: 'Span', track: `${Math.max(80, left)}px`, isName: true },
  ]
  if (shows.model) columns.push({ id: 'model', label: 'Model', track: `${widths.model}px` })
  if (shows.tokens) columns.push({ id: 'tokens', label: 'Tokens', track: `${widths.tokens}px`, align: 'end' })
  if (shows.cost) columns.push({ id: 'cost', label: 'Cost', track: `${widths.cost}px`, align: 'end' })
  if (shows.time) columns.push({ id: 'time', label: 'Time', track: `${widths.time}px`, align: 'end' })
  columns.push({ id: 'timeline', label: 'Timeline', track: 'minmax(0, 1fr)', header: axis })
  return columns
}

/** What the tree grid shows of a trace. */
export function sourceOf(
  model: TraceModel,
  columns: readonly TreeColumn[],
  range: TimeRange,
  laneWidth: number,
  matches?: Uint8Array,
): TreeSource {
  const { tree, shape, whole } = model
  return {
    columns,
    level: row => shape.depth[row]! + 1,
    position: row => shape.position[row]!,
    siblings: row => siblingCount(shape, row),
    hasChildren: row => hasChildren(shape, row),
    name: row => `${describeRow(tree, shape, row)}${matches?.[row] === 1 ? ', matches the query' : ''}`,
    className: row => (hasFailed(tree, row) ? styles.failed : undefined),
    cell: (row, column) => {
      switch (columns[column]!.id as ColumnId) {
        case 'span':
          return <SpanCell model={model} row={row} matches={matches?.[row] === 1} />
        case 'model':
          return <ModelCell name={tree.strings[tree.model[row]!]} />
        case 'timeline':
          return <Bar model={model} row={row} range={range} width={laneWidth} />
        case 'tokens':
          return <FigureCell figure={tokensOf(model, row)} />
        case 'cost':
          return <FigureCell figure={costOf(model, row)} />
        case 'time':
        default:
          return <FigureCell figure={timeOf(model, row)} />
      }
    },
    cellText: (row, column) => {
      const id = columns[column]!.id as ColumnId
      if (id === 'timeline') return describeBar(tree, row, whole)
      const figure = id === 'tokens' ? tokensOf(model, row) : id === 'cost' ? costOf(model, row) : undefined
      return figure?.text ? `${figure.text}: ${figure.why}` : undefined
    },
  }
}

interface SpanProps {
  readonly model: TraceModel
  readonly row: number
  readonly matches: boolean
}

function SpanCell({ model, row, matches }: SpanProps) {
  const { tree, sums } = model
  const failed = hasFailed(tree, row)
  const below = sums.errors[row]! - (failed ? 1 : 0)
  const name = nameOf(tree, row)
  return (
    <>
      <span className={styles.kindOf} {...valueMark('kind', kindOf(tree, row))}>
        <Kind kind={kindOf(tree, row)} />
      </span>
      <span className={styles.name} title={name} {...valueMark('name', tree.strings[tree.name[row]!])}>
        {name}
      </span>
      {matches && (
        <span className={styles.match} title="Matches the query">
          ◆
        </span>
      )}
      {failed && (
        <span
          className={styles.cross}
          {...valueMark('is', 'error')}
          title={below > 0 ? `Failed, and ${below} below it` : 'Failed'}
        >
          ✕
        </span>
      )}
      {warningsOf(tree.marks[row]!).map(mark => (
        <span key={mark} className={styles.mark} {...valueMark('is', mark)} title={wordsOfMark(mark).long}>
          <b>!</b>
          <span className={styles.words}>{wordsOfMark(mark).short}</span>
        </span>
      ))}
    </>
  )
}

function ModelCell({ name }: { readonly name: string | undefined }) {
  if (!name) return null
  const shown = visibleLine(name, 100)
  return (
    <span className={styles.model} title={shown} {...valueMark('model', name)}>
      {shown}
    </span>
  )
}

function FigureCell({ figure }: { readonly figure: Figure }) {
  if (!figure.text) return null
  return (
    <span className={figure.isSum ? styles.sum : styles.figure} title={figure.why}>
      {figure.text}
    </span>
  )
}
