import { clauseFor } from '../../../shared/query/edit.ts'
import type { PageClient } from '../../state/client.ts'
import { questionOf } from '../../state/question.ts'
import { type RequestError, toRequestError } from '../../state/request-error.ts'
import { createStore, type Store } from '../../state/store.ts'
import { callColumns, type SessionTurn, turnsOf } from './model.ts'

/** Calls read together. */
export const together = 20
/** Calls before them in which the one they go on from is looked for. */
const lookBack = 8

export interface TurnPage {
  readonly turns?: readonly SessionTurn[]
  readonly error?: RequestError
}

/** The turns of a session, read where somebody looks. Made anew for another session, and where it has grown. */
export interface Transcript {
  readonly page: (page: number) => Store<TurnPage>
  readonly again: (page: number) => void
}

export function createTranscript(client: PageClient, session: string): Transcript {
  const pages = new Map<number, Store<TurnPage>>()
  // What a trace says of its session holds for its calls, which seldom say it themselves.
  const where = questionOf(`trace:(${clauseFor({ id: 'session' }, session)})`)

  const load = async (page: number, into: Store<TurnPage>) => {
    const first = page * together
    const offset = Math.max(0, first - lookBack)
    const limit = first - offset + together + 1
    const sort = { column: 'started', descending: false }
    const asked = { list: 'calls', where, columns: [...callColumns], sort, offset, limit } as const
    try {
      const calls = await client.ask('lists.rows', asked)
      // One more on each side, for results that belong to a call on the other.
      const from = Math.max(0, first - offset - 1)
      const before = [...calls.id.subarray(0, from)].toReversed()
      const news = await client.ask('spans.news', { ids: [...calls.id.subarray(from)], before })
      into.set({ turns: turnsOf(without(calls, from), news.turns, first - offset - from, together) })
    } catch (caught) {
      into.set({ error: toRequestError(caught) })
    }
  }
  return {
    page(page) {
      const known = pages.get(page)
      if (known) return known
      const made = createStore<TurnPage>({})
      pages.set(page, made)
      void load(page, made)
      return made
    },
    again: page => {
      const known = pages.get(page)
      known?.set({})
      if (known) void load(page, known)
    },
  }
}

type Calls = Parameters<typeof turnsOf>[0]

/** A list without its first rows. */
function without(calls: Calls, rows: number): Calls {
  const count = calls.id.length
  const left = count - rows
  const cells = new Float64Array(left * calls.columns.length)
  for (let c = 0; c < calls.columns.length; c++) {
    cells.set(calls.cells.subarray(c * count + rows, (c + 1) * count), c * left)
  }
  return { ...calls, id: calls.id.subarray(rows), trace: calls.trace.subarray(rows), cells }
}
