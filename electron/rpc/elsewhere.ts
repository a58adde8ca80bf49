import type { Store } from '../store/open.ts'
import { readElsewhere, type Need } from '../store/table/elsewhere.ts'
import { elsewhereRequest } from './list-relay.ts'
import { spanSources } from './search.ts'

/** The reader's part of lists (`lists.ts`): takes any time. */
export function elsewhereHandlers(store: Store): { readonly [name: string]: (need: Need) => unknown } {
  const readSpan = spanSources(store)
  return {
    [elsewhereRequest]: need => readElsewhere(store, readSpan(need.type === 'spans' && need.scan === true))(need),
  }
}
