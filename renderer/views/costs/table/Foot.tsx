import type { Measure } from '../../../../shared/query/cost-measures.ts'
import { cellText } from '../model/cell-text.ts'
import { opensMore } from '../model/clauses.ts'
import { isShared } from '../model/columns.ts'
import type { Answer } from '../model/row-tree.ts'
import { keyColumn, type CostModel } from '../model/table-model.ts'
import { Change, type Cells } from './Line.tsx'
import { staysAt } from './stays-at.ts'
import styles from './table.module.css'

interface Props {
  readonly id: string
  readonly model: CostModel
  readonly all: Answer
  readonly measures: readonly Measure[]
  readonly rowIndex: number
  /** The cell the cursor stands on, while it is in this row. */
  readonly active: number | undefined
  readonly openCalls: Cells['openCalls']
}

/** What all rows come to, each call counted once; a number opens its calls, as those above do. */
export function Foot({ id, model, all, measures, rowIndex, active, openCalls }: Props) {
  return (
    <div role="rowgroup" className={styles.foot}>
      <div role="row" aria-rowindex={rowIndex} className={styles.row} data-active={active !== undefined || undefined}>
        {model.getVisibleLeafColumns().map((column, i) => {
          const m = measures.findIndex(one => one === column.id)
          const measure = measures[m]
          return (
            <div
              key={column.id}
              role={column.id === keyColumn ? 'rowheader' : 'gridcell'}
              id={`${id}-${i}`}
              aria-colindex={i + 1}
              data-active={active === i || undefined}
              className={styles.cell}
              data-key={column.id === keyColumn || undefined}
              data-pinned={column.getIsPinned() === 'start' || undefined}
              style={staysAt(column)}
            >
              {column.id === keyColumn && 'Total'}
              {measure && (
                <button
                  type="button"
                  tabIndex={-1}
                  className={styles.number}
                  title={opensMore[measure]}
                  onClick={() => openCalls([], measure)}
                >
                  <span>{cellText(measure, all.total[m]!)}</span>
                  {isShared(measure) && <span className={styles.share} />}
                  {all.beforeTotal && <Change now={all.total[m]!} before={all.beforeTotal[m]!} />}
                </button>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
