import { kept } from '../../../state/kept.ts'
import { createStore } from '../../../state/store.ts'

const name = 'spanwise.costs.success'

/** The query that says which traces are a success; empty: nobody said. */
export const success = createStore(kept.getItem(name) ?? '')

export function defineSuccess(query: string): void {
  success.set(query)
  if (query === '') kept.removeItem(name)
  else kept.setItem(name, query)
}
