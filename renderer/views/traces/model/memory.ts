import type { PageClient } from '../../../state/client.ts'
import { createStore, type Store } from '../../../state/store.ts'
import { createTraceInputs, type TraceInputs } from './trace-inputs.ts'
import { createTraceList, type TraceList } from './trace-list.ts'

/** What the list keeps while another view is open. */
export interface ListMemory {
  readonly list: TraceList
  readonly inputs: TraceInputs
  /** Where the reader was. */
  readonly place: Store<{ readonly top: number; readonly active: number }>
}

const memories = new WeakMap<PageClient, ListMemory>()

export function listMemory(client: PageClient): ListMemory {
  const kept = memories.get(client)
  if (kept) return kept
  const memory = {
    list: createTraceList(client),
    inputs: createTraceInputs(client),
    place: createStore({ top: 0, active: 0 }),
  }
  memories.set(client, memory)
  return memory
}
