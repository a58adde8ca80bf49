import { setTimeout as sleep } from 'node:timers/promises'
import type { CancelSignal, Output } from '../../shared/contract/index.ts'
import { rules } from '../import/rules.ts'
import type { WithGiven } from '../rpc/list-relay.ts'
import { usualPricer } from '../store/kept-book.ts'
import { firstPage, untilDrawn } from '../store/lists/first-page.ts'
import { openForUse, type Store } from '../store/open.ts'
import { rereadingStatus } from '../store/rereading-status.ts'
import { summarize } from '../store/summary.ts'
import type { Role, Service } from './process.ts'

/**
 * Milliseconds after its start when all else is loaded. The first page is drawn by then, and a cost table asked for at once
 * is answered: all else would be loaded in the middle of it.
 */
const rest = 1000
/** Milliseconds before code is loaded: what a window asks in the same breath is answered first. */
const breath = 10

/**
 * Answers short questions about the store. What opening a store shows first is answered by what this file imports: most of
 * the time that a process takes to start is that of loading its code.
 */
export const engine: Role = ({ storePath, create = false, priceFolder }, emit) => {
  const store = openForUse(storePath, create)
  const lists = once(async () => (await import('./engine-lists.ts')).listAnswers(store))
  const others = once(async (): Promise<Service> =>
    (await import('./engine-rest.ts')).engineRest(store, emit, priceFolder),
  )
  const loadAll = async (): Promise<unknown> => (await lists(), others())
  const timer = setTimeout(() => void loadAll().catch(() => {}), rest).unref()
  const readColumns = async ({ input }: WithGiven<'lists.rows'>): Promise<void> => (await lists()).load(input)
  return {
    answers: {
      'store.summary': () => summarize(store),
      'rereading.status': () => rereadingStatus(store, rules),
      'lists.rows': async (asked: WithGiven<'lists.rows'>, signal: CancelSignal): Promise<unknown> => {
        const page = lists.isMade ? undefined : await pageAlone(store, asked)
        if (!page) return (await lists()).answers['lists.rows']!(asked, signal)
        setTimeout(() => void readColumns(asked).catch(() => {}), untilDrawn).unref()
        return page
      },
      // Whoever opens costs waits for nothing else.
      'costs.table': async (input: unknown, signal: CancelSignal): Promise<unknown> =>
        (await lists(0)).answers['costs.table']!(input, signal),
    },
    more: [async () => (await lists()).answers, async () => (await others()).answers],
    async close() {
      clearTimeout(timer)
      await (await lists.begun)?.close()
      await (await others.begun)?.close()
      store.close()
    },
  }
}

async function pageAlone(store: Store, { input }: WithGiven<'lists.rows'>): Promise<Output<'lists.rows'> | undefined> {
  // Other prices than this build's are validated first.
  const pricer = usualPricer(store) ?? (await import('../store/price-book.ts')).pricerOf(store)
  return firstPage(store, input, pricer)
}

interface Once<T> {
  /** `wait`: milliseconds before it is begun, where it is not yet. */
  (wait?: number): Promise<T>
  readonly begun: Promise<T> | undefined
  readonly isMade: boolean
}

function once<T>(make: () => Promise<T>): Once<T> {
  const only = Object.assign((wait = breath) => (only.begun ??= begin(wait)), {
    begun: undefined as Promise<T> | undefined,
    isMade: false,
  })
  const begin = async (wait: number): Promise<T> => {
    if (wait > 0) await sleep(wait)
    const made = await make()
    only.isMade = true
    return made
  }
  return only
}
