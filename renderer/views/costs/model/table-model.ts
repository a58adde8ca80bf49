import {
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  rowExpandingFeature,
  rowSortingFeature,
  tableFeatures,
  useTable as useTanstackTable,
  type ExpandedState,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import type { Measure } from '../../../../shared/query/cost-measures.ts'
import type { TableAddress } from './address.ts'
import { offeredColumns, trend, type CostColumn } from './columns.ts'
import type { TreeRow } from './row-tree.ts'

/** The column of keys: always there, always the first. */
export const keyColumn = 'key'
const leastKeyWidth = 180

// Which columns there are, and where; rows are split, sorted and counted by the engine, and come a page at a time.
const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowExpandingFeature,
  rowSortingFeature,
})
const helper = createColumnHelper<typeof features, TreeRow>()
const columns = helper.columns(
  [keyColumn, 'outcomes', 'costPerOutcome', ...offeredColumns.map(({ id }) => id)].map(id =>
    // Cells read what they need of their row.
    helper.accessor(row => row, {
      id,
      enableSorting: id !== trend,
      sortDescFirst: id !== keyColumn,
      minSize: 32,
      maxSize: 2000,
    }),
  ),
)

interface Parts {
  /** In sight. */
  readonly rows: TreeRow[]
  readonly shown: readonly CostColumn[]
  /** Undefined: what the others leave. */
  readonly keyWidth: number | undefined
  /** Pixels there are. */
  readonly room: number
  readonly sort: TableAddress['sort']
  readonly open: ReadonlySet<string>
  readonly openOnly: (ids: ReadonlySet<string>) => void
  readonly sortBy: (column: Measure | 'key', descending: boolean) => void
}

/** The table's columns, order of rows and open groups as one model. */
export function useCostModel({ rows, shown, keyWidth, room, sort, open, openOnly, sortBy }: Parts) {
  const layout = useMemo(() => {
    const others = shown.reduce((sum, { width }) => sum + width, 0)
    const visible = new Set<string>([keyColumn, ...shown.map(({ id }) => id)])
    return {
      columnOrder: [keyColumn, ...shown.map(({ id }) => id)],
      columnPinning: { start: [keyColumn, ...shown.filter(one => one.pinned).map(({ id }) => id)], end: [] },
      columnVisibility: Object.fromEntries(columns.map(({ id }) => [id!, visible.has(id!)])),
      columnSizing: {
        [keyColumn]: keyWidth ?? Math.max(leastKeyWidth, Math.min(room, 2000) - others),
        ...Object.fromEntries(shown.map(({ id, width }) => [id, width])),
      },
    }
  }, [shown, keyWidth, room])
  const sorting = useMemo(() => [{ id: sort.by, desc: sort.descending }], [sort])
  const expanded = useMemo((): ExpandedState => Object.fromEntries([...open].map(id => [id, true])), [open])
  return useTanstackTable({
    features,
    columns,
    data: rows,
    getRowId: row => row.id,
    getRowCanExpand: row => row.original.hasMore,
    manualExpanding: true,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { ...layout, sorting, expanded },
    onExpandedChange: change => {
      const next = typeof change === 'function' ? change(expanded) : change
      if (next !== true) openOnly(new Set(Object.keys(next).filter(id => next[id])))
    },
    onSortingChange: change => {
      const [next] = typeof change === 'function' ? change(sorting) : change
      if (next) sortBy(next.id as Measure | 'key', next.desc)
    },
  })
}

export type CostModel = ReturnType<typeof useCostModel>
