import type { ListKind } from '../../../../shared/contract/lists.ts'
import type { PageClient } from '../../../state/client.ts'
import { createStore, type Store } from '../../../state/store.ts'
import { recallColumns, type ColumnChoice } from '../../../components/columns/column-choice.ts'
import { columnsOf } from './column-choice.ts'
import { firstInput } from './columns.ts'
import { createFirstInputs, type FirstInputs } from './first-inputs.ts'
import { createRowList, type RowList } from './row-list.ts'
import { createRowNotes, type RowNotes } from './row-notes.ts'
import { nothing, type Selection } from './selection.ts'

/** What a list keeps while another view is open. */
export interface ListMemory {
  readonly kind: ListKind
  readonly list: RowList
  readonly inputs: FirstInputs
  readonly notes: RowNotes
  readonly selection: Store<Selection>
  /** Undefined: the usual columns. */
  readonly columns: Store<ColumnChoice | undefined>
  /** Ids of columns that leave the list because there is no room for them. */
  readonly noRoom: Store<readonly string[]>
  /** Where the reader was. `address`: with which query and order. */
  readonly place: Store<{ readonly top: number; readonly active: number }>
  readonly address: Store<string>
}

const memories = new WeakMap<PageClient, Map<ListKind, ListMemory>>()

export function listMemory(client: PageClient, kind: ListKind): ListMemory {
  const ofClient = memories.get(client) ?? new Map<ListKind, ListMemory>()
  memories.set(client, ofClient)
  const kept = ofClient.get(kind)
  if (kept) return kept
  const choice = recallColumns(kind)
  const memory: ListMemory = {
    kind,
    list: createRowList(client, kind, wantedColumns(kind, choice)),
    inputs: createFirstInputs(client),
    notes: createRowNotes(client, kind === 'traces' ? 'traces' : 'spans'),
    selection: createStore<Selection>(nothing),
    columns: createStore(choice),
    noRoom: createStore<readonly string[]>([]),
    place: createStore({ top: 0, active: 0 }),
    address: createStore(''),
  }
  ofClient.set(kind, memory)
  return memory
}

/** What is asked of the store for these columns: what the user said first is read for what is in sight only. */
export function wantedColumns(kind: ListKind, choice: ColumnChoice | undefined): readonly string[] {
  return columnsOf(kind, choice).flatMap(({ id }) => (id === firstInput ? [] : id))
}
