import type { PriceRule } from '../../shared/money/book.ts'
import { visibleLine } from '../../shared/format/visible-text.ts'
import type { PageClient } from './client.ts'
import { createStore } from './store.ts'
import { tellDone, type Done } from './undo.ts'

/** How often the person's prices were changed from this window: who shows them asks again. */
export const rulesChanges = createStore(0)

export interface RulesChange {
  readonly words: string
  readonly before: readonly PriceRule[]
  readonly after: readonly PriceRule[]
  /** Of the file that has `before`. */
  readonly revision: string
  /** Costs are computed by what is there then. */
  readonly use: boolean
}

/** Replaces the person's rules; rejects with what is wrong, or that another program changed them. */
export async function changeRules(client: PageClient, change: RulesChange): Promise<void> {
  tellDone(await put(client, change))
}

async function put(client: PageClient, change: RulesChange): Promise<Done> {
  const { words, before, after, use } = change
  const { revision } = await client.ask('prices.putRules', { rules: [...after], revision: change.revision })
  if (use) await client.ask('prices.apply', {})
  rulesChanges.update(n => n + 1)
  return {
    words,
    undo: async () => {
      const back = await client.ask('prices.putRules', { rules: [...before], revision })
      if (use) await client.ask((await client.ask('prices.status', {})).canUndo ? 'prices.undo' : 'prices.apply', {})
      rulesChanges.update(n => n + 1)
      return () => put(client, { ...change, revision: back.revision })
    },
  }
}

export function nameOfRule({ id }: PriceRule): string {
  return visibleLine(id, 60)
}
