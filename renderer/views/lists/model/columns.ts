import type { ListKind } from '../../../../shared/contract/lists.ts'
import { columnType, readColumn, type ColumnType, type OwnColumn } from '../../../../shared/query/list-columns.ts'
import { fieldOf, fields } from '../../../../shared/query/fields.ts'

/** What may stand in a list, and how wide it is. */
export interface ListColumn {
  /** The contract's name of it; `text` is what the user said first, which only traces have. */
  readonly id: string
  readonly label: string
  /** Read out where the shown name leans on its neighbour. */
  readonly spoken?: string
  readonly type: ColumnType
  /** Pixels at least, and the share of what is left over. */
  readonly width: number
  readonly grow?: number
  readonly numeric: boolean
  readonly sortable: boolean
  /** Columns with the highest number leave first when there is no room and nobody chose them. */
  readonly leaves?: number
}

export const firstInput = 'text'

const shown: Readonly<Record<ListKind, readonly string[]>> = {
  traces: [
    'started',
    'name',
    firstInput,
    'spans',
    'calls',
    'tools',
    'tokens.input',
    'tokens.output',
    'cost',
    'duration',
    'errors',
    'session',
  ],
  spans: ['started', 'kind', 'name', 'status', 'model', 'tokens', 'cost', 'duration', 'self', 'session'],
  calls: [
    'started',
    'name',
    'model',
    'status',
    'tokens.input',
    'tokens.cached',
    'tokens.output',
    'cost',
    'ttft',
    'duration',
    'prompt',
    'prompt.version',
  ],
  sessions: [
    'started',
    'session',
    'user',
    'traces',
    'calls',
    'errors',
    'tokens.input',
    'tokens.output',
    'cost',
    'duration',
    'environment',
  ],
}

/** What a list shows while nobody chose otherwise. */
export function usualColumns(list: ListKind): readonly string[] {
  return shown[list]
}

type Look = Partial<Pick<ListColumn, 'label' | 'spoken' | 'width' | 'grow' | 'leaves'>>

const looks: { readonly [id: string]: Look } = {
  started: { width: 158 },
  name: { width: 130, grow: 2 },
  [firstInput]: { label: 'First input', width: 200, grow: 3, leaves: 3 },
  kind: { width: 96 },
  status: { width: 66, leaves: 4 },
  model: { width: 130, grow: 1, leaves: 2 },
  session: { width: 100, grow: 0.6, leaves: 7 },
  user: { width: 100, grow: 0.6, leaves: 6 },
  environment: { width: 90, leaves: 8 },
  traces: { label: 'Traces', width: 56 },
  spans: { width: 56, leaves: 2 },
  calls: { label: 'Calls', width: 46, leaves: 4 },
  tools: { label: 'Tools', width: 46, leaves: 8 },
  errors: { label: 'Errors', width: 56 },
  uncosted: { label: 'Without cost', width: 80 },
  tokens: { width: 60, leaves: 3 },
  'tokens.input': { spoken: 'Input tokens', width: 70, leaves: 5 },
  'tokens.output': { label: 'out', spoken: 'Output tokens', width: 48, leaves: 5 },
  'tokens.cached': { label: 'cached', spoken: 'Cached tokens', width: 56, leaves: 6 },
  cost: { width: 88, leaves: 1 },
  duration: { width: 88 },
  self: { width: 80, leaves: 6 },
  ttft: { width: 80, leaves: 7 },
  prompt: { width: 110, grow: 0.5, leaves: 8 },
  'prompt.version': { width: 70, leaves: 9 },
}

const byType: Readonly<Record<ColumnType, number>> = {
  text: 130,
  any: 90,
  count: 70,
  number: 80,
  money: 88,
  duration: 88,
  time: 158,
}

/** The column of a name; undefined where this list cannot have it. */
export function columnOf(id: string, list: ListKind): ListColumn | undefined {
  if (id === firstInput) {
    return list === 'traces' ? { ...column(id, 'text', 'First input'), sortable: false } : undefined
  }
  const ref = readColumn(id)
  if (!ref) return undefined
  if ('own' in ref) return hasOwn(list, ref.own) ? column(id, 'count', looks[id]?.label ?? id) : undefined
  const { home, label, type } = fieldOf(ref.field.id)
  const name = ref.field.name
  const shownLabel = name === undefined ? label : ref.field.id === '@' ? `@${name}` : name
  const { leaves, ...made } = column(id, columnType(ref), shownLabel)
  // What names a row never leaves.
  const stays = leaves === undefined || (id === 'session' && list === 'sessions')
  return {
    ...made,
    ...(stays ? {} : { leaves }),
    sortable: home !== 'reading',
    numeric: made.numeric && type !== 'any',
  }
}

function column(id: string, type: ColumnType, label: string): ListColumn {
  const look = Object.hasOwn(looks, id) ? looks[id] : undefined
  const numeric = type !== 'text' && type !== 'time' && type !== 'any' && id !== 'errors'
  return { id, label, type, numeric, sortable: true, width: byType[type], ...look }
}

function hasOwn(list: ListKind, own: OwnColumn): boolean {
  if (own === 'growing' || list === 'spans' || list === 'calls') return false
  return own !== 'traces' || list === 'sessions'
}

/** Everything that can be chosen by its name; scores and attributes besides, under the names the files gave. */
export function offeredColumns(list: ListKind): readonly ListColumn[] {
  const own = ['traces', 'calls', 'errors', 'tools', 'uncosted']
  const named = fields
    .filter(({ id, named: needsName }) => !needsName && id !== 'is' && id !== 'has')
    .map(({ id }) => id)
  return [firstInput, ...own, ...named].flatMap(id => columnOf(id, list) ?? [])
}

/** Columns of a list of groups. */
export function groupColumns(by: string): readonly (ListColumn & { readonly pinned: false; readonly fixed: false })[] {
  const ref = readColumn(by)
  const name = ref && 'field' in ref ? fieldOf(ref.field.id).label : by
  const made = [
    { ...column('value', 'text', name), width: 180, grow: 2 },
    { ...column('count', 'count', 'Rows'), width: 80 },
    { ...column('errors', 'count', 'Errors'), width: 70 },
    { ...column('tokens', 'count', 'Tokens'), width: 90 },
    { ...column('cost', 'money', 'Cost'), width: 100 },
    { ...column('duration', 'duration', 'Mean duration'), width: 110 },
  ]
  return made.map(one => ({ ...one, pinned: false, fixed: false }))
}

/** What a list can be grouped by, and its facets: words that stand in columns; what is mostly looked for comes first. */
export function groupFields(list: ListKind): readonly ListColumn[] {
  return fields
    .filter(({ id, home, type, named }) => !named && (home === 'column' || home === 'index') && isWord(id, type))
    .toSorted((a, b) => placeOf(a.id) - placeOf(b.id))
    .flatMap(({ id }) => columnOf(id, list) ?? [])
}

const wantedMost: readonly string[] = [
  'kind',
  'status',
  'model',
  'prompt',
  'prompt.version',
  'service',
  'environment',
  'tag',
  'tool',
  'agent',
  'name',
]

function placeOf(id: string): number {
  const place = wantedMost.indexOf(id)
  return place < 0 ? wantedMost.length : place
}

function isWord(id: string, type: string): boolean {
  return (type === 'name' || type === 'kind' || type === 'status') && id !== 'trace' && id !== 'span' && id !== 'note'
}
