import type { Input } from '../../shared/contract/index.ts'
import { engineLists } from '../rpc/lists.ts'
import { storeHandlers } from '../rpc/store.ts'
import type { Store } from '../store/open.ts'
import type { Answers } from './process.ts'

interface ListAnswers {
  readonly answers: Answers
  /** Reads the columns, and what a page needs of them: whoever opens a store asks for them next. */
  load(page: Input<'lists.rows'>): Promise<void>
  close(): Promise<void>
}

/** What of the engine answers lists from columns in memory, and what needs no records. */
export function listAnswers(store: Store): ListAnswers {
  const lists = engineLists(store)
  return {
    answers: { ...storeHandlers(store), ...lists.answers },
    load: page => lists.load(page),
    close: () => lists.close(),
  }
}
