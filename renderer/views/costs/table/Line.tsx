import { ChevronDown, ChevronRight } from 'lucide-react'
import type { ListValue } from '../../../../shared/contract/lists.ts'
import { formatChange, formatShare } from '../../../../shared/format/numbers.ts'
import type { Measure } from '../../../../shared/query/cost-measures.ts'
import { cellText, keyText } from '../model/cell-text.ts'
import { isShared, trend } from '../model/columns.ts'
import { opensMore } from '../model/clauses.ts'
import type { Look } from '../model/look.ts'
import type { Answer, TreeRow } from '../model/row-tree.ts'
import { keyColumn, type CostModel } from '../model/table-model.ts'
import type { Trends } from '../model/trends.ts'
import { Sparkline } from './Sparkline.tsx'
import { staysAt } from './stays-at.ts'
import styles from './table.module.css'

/** What all rows need to say their numbers. */
export interface Cells {
  readonly measures: readonly Measure[]
  /** By measure. */
  readonly largest: readonly number[]
  readonly all: Answer | undefined
  readonly look: Look
  readonly trends: (id: string) => Trends | undefined
  readonly openCalls: (key: readonly (ListValue | null)[], measure: Measure | undefined) => void
  /** Whether a query can ask for just the calls of a row. */
  readonly canOpen: (key: readonly (ListValue | null)[]) => boolean
  readonly addPrice: (key: readonly (ListValue | null)[]) => void
}

interface Props {
  readonly id: string
  readonly index: number
  readonly row: ReturnType<CostModel['getRowModel']>['rows'][number]
  /** What its key is a value of: the name of the field, and what readers call it. */
  readonly field: string
  readonly level: string
  /** Pixels below the heading. */
  readonly top: number
  /** The cell the cursor stands on, while it is in this row. */
  readonly active: number | undefined
  readonly cells: Cells
}

export function Line({ id, index, row, field, level, top, active, cells }: Props) {
  const tree = row.original
  const { depth, place, siblings, key, answer } = tree
  const canExpand = row.getCanExpand()
  const isOpen = row.getIsExpanded()
  const name = keyText(key.at(-1), field, level)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-level={depth + 1}
      aria-posinset={place + 1}
      aria-setsize={siblings}
      {...(canExpand ? { 'aria-expanded': isOpen } : {})}
      className={styles.row}
      data-active={active !== undefined || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      {row.getVisibleCells().map(({ column }, i) => {
        const common = {
          key: column.id,
          id: `${id}-${i}`,
          'aria-colindex': i + 1,
          className: styles.cell,
          'data-active': active === i || undefined,
          'data-pinned': column.getIsPinned() === 'start' || undefined,
        }
        if (column.id !== keyColumn) {
          return (
            <div role="gridcell" {...common} key={column.id} style={staysAt(column)}>
              {answer && <Cell tree={tree} column={column.id} cells={cells} />}
            </div>
          )
        }
        return (
          <div
            role="rowheader"
            {...common}
            key={column.id}
            data-key
            style={{ ...staysAt(column), paddingInlineStart: 12 + depth * 16 }}
          >
            {canExpand ? (
              <button
                type="button"
                tabIndex={-1}
                className={styles.toggle}
                aria-label={isOpen ? 'Close the group' : 'Open the group'}
                onClick={() => row.toggleExpanded()}
              >
                {isOpen ? <ChevronDown size={13} /> : <ChevronRight size={13} />}
              </button>
            ) : (
              <span className={styles.toggle} />
            )}
            {answer ? (
              <button
                type="button"
                tabIndex={-1}
                className={styles.name}
                data-none={key.at(-1) === null || undefined}
                disabled={!cells.canOpen(key)}
                title={cells.canOpen(key) ? name : unaskable}
                onClick={() => cells.openCalls(key, undefined)}
              >
                {name}
              </button>
            ) : (
              '…'
            )}
          </div>
        )
      })}
    </div>
  )
}

const unaskable =
  'No query can name this value, which is empty, over 1,000 characters long or no number of its field: it opens no list of its calls.'

interface CellProps {
  readonly tree: TreeRow
  readonly column: string
  readonly cells: Cells
}

/** The number, its size beside the largest one, the share of the total, and what changed. */
function Cell({ tree, column, cells }: CellProps) {
  const { measures, largest, all, look, trends, openCalls, canOpen, addPrice } = cells
  const { answer, at, key, id } = tree
  if (!answer) return null
  if (column === trend) {
    const found = trends(id)
    return found ? <Sparkline trends={found} id={id} /> : null
  }
  const m = measures.findIndex(one => one === column)
  const measure = measures[m]
  if (!measure) return null
  const { before, keys } = answer
  const value = answer.values[m * keys.length + at]!
  const part = value > 0 && largest[m]! > 0 ? value / largest[m]! : 0
  return (
    <>
      {part > 0 && look !== 'none' && (
        <span
          className={look === 'bar' ? styles.bar : styles.heat}
          aria-hidden="true"
          style={{ '--part': part } as React.CSSProperties}
        />
      )}
      {measure === 'unpriced' && value > 0 && (
        <button type="button" tabIndex={-1} className={styles.add} onClick={() => addPrice(key)}>
          add price
        </button>
      )}
      <button
        type="button"
        tabIndex={-1}
        className={styles.number}
        disabled={!canOpen(key)}
        title={canOpen(key) ? opensMore[measure] : unaskable}
        onClick={() => openCalls(key, measure)}
      >
        {cellText(measure, value)}
        {isShared(measure) && (
          <span className={styles.share}>{Number.isNaN(value) || !all ? '' : formatShare(value, all.total[m]!)}</span>
        )}
        {before && <Change now={value} before={before[m * keys.length + at]!} />}
      </button>
    </>
  )
}

export function Change({ now, before }: { readonly now: number; readonly before: number }) {
  return <span className={styles.change}>{formatChange(now, before)}</span>
}
