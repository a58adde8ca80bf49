import type { Leaf } from '../../shared/query/plan.ts'
import { elsewhereHandlers } from '../rpc/elsewhere.ts'
import { elsewhereRequest } from '../rpc/list-relay.ts'
import { answerHandlers } from '../rpc/answers.ts'
import { findCallHandlers } from '../rpc/find-call.ts'
import { searchHandlers } from '../rpc/search.ts'
import { listHandlers } from '../rpc/traces.ts'
import { openStore, type Store } from '../store/open.ts'
import { rules } from '../import/rules.ts'
import { closeTextIndex, withTextIndex } from '../store/text-index/with-index.ts'
import type { Role } from './process.ts'

/**
 * Answers questions that may take any time. SQLite cannot be interrupted from its own thread: this process listens to no
 * cancelling, it is killed.
 */
export const reader: Role = ({ storePath }) => {
  const store = openStore(storePath, { readOnly: true })
  const elsewhere = elsewhereHandlers(store)
  setImmediate(() => prepareSearch(elsewhere))
  readAhead(store)
  return {
    answers: {
      ...listHandlers(store),
      ...elsewhere,
      ...searchHandlers(store),
      ...findCallHandlers(store),
      ...answerHandlers(store),
    },
    more: [async () => (await import('../rpc/token-estimate.ts')).tokenHandlers(store)],
    close: () => {
      closeTextIndex(store)
      store.close()
    },
  }
}

/** A word that no text has. */
const nowhere: Leaf = { type: 'text', part: 'any', match: { type: 'phrase', text: 'q'.repeat(60), prefix: false } }

/** Asks for texts before anybody does: the first search finds the index open and its code compiled. */
function prepareSearch(elsewhere: ReturnType<typeof elsewhereHandlers>): void {
  try {
    elsewhere[elsewhereRequest]?.({
      type: 'spans',
      condition: { type: 'leaf', leaf: nowhere },
      leaves: [nowhere],
      patience: 0,
    })
  } catch {
    // What is wrong whoever asks is told.
  }
}

/** Milliseconds until where texts stand is read ahead, and between two steps of it: others come first. */
const [quiet, pause] = [500, 10]
/** Some milliseconds' worth of a step. */
const segments = 8

/** Reads where texts stand, a little at a time: the first words that are searched find it in memory. */
function readAhead(store: Store, wait = quiet): void {
  const step = (): boolean =>
    store.snapshot(() =>
      withTextIndex(store, rules, index => {
        for (let n = 0; n < segments; n++) if (!index?.readAhead()) return false
        return true
      }),
    )
  setTimeout(() => {
    try {
      if (step()) readAhead(store, pause)
    } catch {
      // The store was closed, or whoever asks next is told what is wrong.
    }
  }, wait).unref()
}
