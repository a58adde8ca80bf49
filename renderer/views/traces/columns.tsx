import { features, helper, type TraceColumnMeta } from './features.ts'
import {
  CostCell,
  DurationCell,
  ErrorsCell,
  InputCell,
  NameCell,
  PartCell,
  SessionCell,
  StartedCell,
  TokensCell,
} from './parts/cells.tsx'
import { formatCount } from '../../../shared/format/numbers.ts'
import type { SortField } from './model/sort.ts'

// Ids are the contract's sort fields where a column can be sorted, so a header click is a request as it stands.
const columnId = {
  start: 'start',
  name: 'name',
  spans: 'spans',
  calls: 'calls',
  input: 'input',
  output: 'output',
  cost: 'cost',
  duration: 'duration',
  errors: 'errors',
} satisfies { readonly [field in SortField]: field }

export const columns = helper.columns([
  helper.accessor(line => line.row?.start, {
    id: columnId.start,
    header: 'Started',
    meta: { width: 158 },
    cell: ({ row }) => <StartedCell line={row.original} />,
  }),
  helper.accessor(line => line.row?.name, {
    id: columnId.name,
    header: 'Name',
    meta: { width: 130, grow: 2 },
    cell: ({ row }) => <NameCell line={row.original} />,
  }),
  helper.display({
    id: 'text',
    header: 'Input',
    meta: { width: 200, grow: 3, leaves: 3 },
    cell: ({ row }) => <InputCell line={row.original} />,
  }),
  helper.accessor(line => line.row?.spans, {
    id: columnId.spans,
    header: 'Spans',
    meta: { width: 56, numeric: true, leaves: 2 },
    cell: ({ row }) => row.original.row && formatCount(row.original.row.spans),
  }),
  helper.accessor(line => line.row?.calls, {
    id: columnId.calls,
    header: 'Calls',
    meta: { width: 46, numeric: true, leaves: 4 },
    cell: ({ row }) => <PartCell count={row.original.row?.calls} />,
  }),
  helper.accessor(line => line.row?.tools, {
    id: 'tools',
    header: 'Tools',
    enableSorting: false,
    meta: { width: 46, numeric: true, leaves: 8 },
    cell: ({ row }) => <PartCell count={row.original.row?.tools} />,
  }),
  helper.accessor(line => line.row?.input, {
    id: columnId.input,
    header: 'Tokens in',
    meta: { width: 70, numeric: true, leaves: 5 },
    cell: ({ row }) => <TokensCell line={row.original} count={row.original.row?.input} />,
  }),
  helper.accessor(line => line.row?.output, {
    id: columnId.output,
    header: 'out',
    meta: { width: 48, numeric: true, leaves: 5 },
    cell: ({ row }) => <TokensCell line={row.original} count={row.original.row?.output} />,
  }),
  helper.accessor(line => line.row?.cost, {
    id: columnId.cost,
    header: 'Cost',
    meta: { width: 88, numeric: true, leaves: 1 },
    cell: ({ row }) => <CostCell line={row.original} />,
  }),
  helper.accessor(line => line.row?.duration, {
    id: columnId.duration,
    header: 'Duration',
    meta: { width: 88, numeric: true },
    cell: ({ row }) => <DurationCell line={row.original} />,
  }),
  helper.accessor(line => line.row?.errors, {
    id: columnId.errors,
    header: 'Errors',
    meta: { width: 56 },
    cell: ({ row }) => <ErrorsCell line={row.original} />,
  }),
  helper.accessor(line => line.row?.session, {
    id: 'session',
    header: 'Session',
    enableSorting: false,
    meta: { width: 100, grow: 0.6, leaves: 7 },
    cell: ({ row }) => <SessionCell line={row.original} />,
  }),
])

export { features }

/** Spoken names where the shown one leans on its neighbour. */
export const spokenHeaders: Readonly<Record<string, string>> = { input: 'Input tokens', output: 'Output tokens' }

/** What `sort:` offers. */
export const sortChoices = columns.flatMap(({ id = '', enableSorting, header }) =>
  enableSorting === false || !(id in columnId)
    ? []
    : [{ id, label: spokenHeaders[id] ?? (typeof header === 'string' ? header : id) }],
)

const metas = columns.map(column => ({ id: column.id ?? '', meta: column.meta as TraceColumnMeta }))

/** Between columns, and at both ends of a row, as in the style sheet. */
const gap = 14
const ends = 24

/** Columns that do not fit into this many pixels, the least needed first. */
export function hiddenColumns(width: number): Record<string, boolean> {
  const hidden: Record<string, boolean> = {}
  let needed = metas.reduce((sum, { meta }) => sum + meta.width + gap, ends - gap)
  for (const { id, meta } of metas.toSorted((a, b) => (b.meta.leaves ?? 0) - (a.meta.leaves ?? 0))) {
    if (needed <= width || !meta.leaves) break
    hidden[id] = false
    needed -= meta.width + gap
  }
  return hidden
}
