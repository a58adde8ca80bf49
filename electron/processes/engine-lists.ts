import { engineLists } from '../rpc/lists.ts'
import { storeHandlers } from '../rpc/store.ts'
import type { Store } from '../store/open.ts'
import type { Answers } from './process.ts'

interface ListAnswers {
  readonly answers: Answers
  /** Reads the columns: whoever opens a store asks for them next. */
  load(): Promise<void>
  close(): Promise<void>
}

/** What of the engine answers lists from columns in memory, and what needs no records. */
export function listAnswers(store: Store): ListAnswers {
  const lists = engineLists(store)
  return { answers: { ...storeHandlers(store), ...lists.answers }, load: () => lists.load(), close: () => lists.close() }
}
