import { ArrowDown, ArrowUp, ChevronDown, ChevronRight } from 'lucide-react'
import { useId, useRef } from 'react'
import type { ListValue } from '../../../../shared/contract/lists.ts'
import { formatCount, formatShare } from '../../../../shared/format/numbers.ts'
import { measures, type BucketLength, type Measure } from '../../../../shared/query/cost-measures.ts'
import styles from '../costs.module.css'
import { bucketLabels, labelOfField, labelOfMeasure, type TableAddress } from '../model/address.ts'
import { cellText, changeText, keyText } from '../model/cell-text.ts'
import type { Answer, TreeRow, useTable } from '../model/use-table.ts'
import { useCellCursor } from '../use-cell-cursor.ts'

interface Props {
  readonly fields: readonly string[]
  readonly per: BucketLength | undefined
  readonly show: readonly Measure[]
  readonly sort: TableAddress['sort']
  readonly table: ReturnType<typeof useTable>
  /** A newer answer is on its way. */
  readonly dimmed: boolean
  readonly sortBy: (column: Measure | 'key') => void
  readonly openCalls: (key: readonly (ListValue | null)[], measure: Measure | undefined) => void
}

/** Rows within rows, each with what its calls come to; the first column and the heading stay, and so does the total. */
export function Table({ fields, per, show, sort, table, dimmed, sortBy, openCalls }: Props) {
  const id = useId()
  const grid = useRef<HTMLDivElement>(null)
  const { rows, all, toggle, more } = table
  const levels = [...fields.map(name => labelOfField(name) ?? name), ...(per ? [bucketLabels[per]] : [])]
  const cursor = useCellCursor({ grid, table, columns: show, sortBy, openCalls })
  const largest = show.map((_, m) =>
    Math.max(0, ...rows.flatMap(row => ('rest' in row ? [] : [valueOf(row, m)])).filter(known)),
  )
  if (!all) return null
  const heading = (column: Measure | 'key', label: string, help: string) => {
    const sorted = sort.by === column
    const Arrow = sort.descending ? ArrowDown : ArrowUp
    return (
      <div
        role="columnheader"
        key={column}

        aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
        data-key={column === 'key' || undefined}
      >
        <button type="button" tabIndex={-1} title={help} onClick={() => sortBy(column)}>
          {label}
          {sorted && <Arrow size={11} aria-hidden="true" />}
        </button>
      </div>
    )
  }
  return (
    <div className={styles.scroll} data-pane="Table">
      <div
        ref={grid}
        className={styles.table}
        data-dimmed={dimmed || undefined}
        // One stop of Tab: the cell that is meant is told by aria-activedescendant.
        tabIndex={0}
        role="treegrid"
        aria-label="Costs"
        aria-rowcount={rows.length + 2}
        aria-colcount={show.length + 1}
        aria-busy={dimmed}
        aria-activedescendant={cursor.active ? `${id}${cursor.row}-${cursor.column}` : undefined}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1}>
            {heading('key', levels.join(' › '), 'Sort by name')}
            {show.map(measure => heading(measure, labelOfMeasure(measure), measures[measure].help))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body}>
          {rows.map((row, r) =>
            'rest' in row ? (
              <div role="row" key={row.id} aria-rowindex={r + 2} aria-level={row.depth + 1}>
                <div role="gridcell" className={styles.rest} id={`${id}${r}-0`}>
                  <button type="button" tabIndex={-1} onClick={() => more(row.path)}>
                    {formatCount(row.rest)} more rows; show more
                  </button>
                </div>
              </div>
            ) : (
              <div
                role="row"
                key={row.id}
                aria-rowindex={r + 2}
                aria-level={row.depth + 1}
                {...(row.hasMore ? { 'aria-expanded': row.isOpen } : {})}
                data-active={cursor.active && cursor.row === r ? true : undefined}
              >
                <div
                  role="rowheader"

                  id={`${id}${r}-0`}
                  data-active={cursor.isAt(r, 0)}
                  style={{ paddingInlineStart: 12 + row.depth * 16 }}
                >
                  {row.hasMore ? (
                    <button
                      type="button"
                      tabIndex={-1}
                      className={styles.toggle}
                      aria-label={row.isOpen ? 'Close the group' : 'Open the group'}
                      onClick={() => toggle(row.id)}
                    >
                      {row.isOpen ? <ChevronDown size={13} /> : <ChevronRight size={13} />}
                    </button>
                  ) : (
                    <span className={styles.toggle} />
                  )}
                  <button
                    type="button"
                    tabIndex={-1}
                    className={styles.name}
                    data-none={row.key.at(-1) === null || undefined}
                    onClick={() => openCalls(row.key, undefined)}
                  >
                    {keyText(row.key.at(-1), levels[row.depth] ?? '')}
                  </button>
                </div>
                {show.map((measure, m) => (
                  <div role="gridcell" key={measure} id={`${id}${r}-${m + 1}`} data-active={cursor.isAt(r, m + 1)}>
                    <button
                      type="button"
                      tabIndex={-1}
                      className={styles.cell}
                      onClick={() => openCalls(row.key, measure)}
                    >
                      <CellContent row={row} m={m} measure={measure} all={all} largest={largest[m]!} />
                    </button>
                  </div>
                ))}
              </div>
            ),
          )}
        </div>
        <div role="rowgroup" className={styles.foot}>
          <div role="row" aria-rowindex={rows.length + 2}>
            <div role="rowheader">Total</div>
            {show.map((measure, m) => (
              <div role="gridcell" key={measure}>
                {cellText(measure, all.total[m]!)}
                {(measure === 'cost' || measure === 'recorded') && <span className={styles.share} />}
                {all.beforeTotal && <Change now={all.total[m]!} before={all.beforeTotal[m]!} />}
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}

function valueOf({ answer, at }: TreeRow, m: number): number {
  return answer.values[m * answer.keys.length + at]!
}

function known(value: number): boolean {
  return !Number.isNaN(value)
}

interface CellProps {
  readonly row: TreeRow
  readonly m: number
  readonly measure: Measure
  readonly all: Answer
  readonly largest: number
}

/** The number, a bar of its share of the largest one shown, the share of the total, and what changed. */
function CellContent({ row, m, measure, all, largest }: CellProps) {
  const value = valueOf(row, m)
  const { before, keys } = row.answer
  const isCost = measure === 'cost' || measure === 'recorded'
  return (
    <>
      {value > 0 && largest > 0 && (
        <span className={styles.bar} aria-hidden="true" style={{ inlineSize: `${(value / largest) * 100}%` }} />
      )}
      <span className={styles.number}>{cellText(measure, value)}</span>
      {isCost && <span className={styles.share}>{known(value) && formatShare(value, all.total[m]!)}</span>}
      {before && <Change now={value} before={before[m * keys.length + row.at]!} />}
    </>
  )
}

function Change({ now, before }: { readonly now: number; readonly before: number }) {
  return <span className={styles.change}>{changeText(now, before)}</span>
}
