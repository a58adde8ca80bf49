import { elsewhereHandlers } from '../rpc/elsewhere.ts'
import { findCallHandlers } from '../rpc/replay.ts'
import { searchHandlers } from '../rpc/search.ts'
import { listHandlers } from '../rpc/traces.ts'
import { openStore } from '../store/open.ts'
import { closeTextIndex } from '../store/text-index/with-index.ts'
import type { Role } from './process.ts'

/**
 * Answers questions that may take any time. SQLite cannot be interrupted from its own thread: this process listens to no
 * cancelling, it is killed.
 */
export const reader: Role = ({ storePath }) => {
  const store = openStore(storePath, { readOnly: true })
  return {
    answers: {
      ...listHandlers(store),
      ...elsewhereHandlers(store),
      ...searchHandlers(store),
      ...findCallHandlers(store),
    },
    close: () => {
      closeTextIndex(store)
      store.close()
    },
  }
}
