import { messagePlaces, readSpanTexts } from '../../electron/import/message-list.ts'
import type { Store } from '../../electron/store/open.ts'
import { IndexBuilder } from '../../electron/store/text-index/builder.ts'

export const reading = { read: readSpanTexts, places: messagePlaces }

/** Builds the index beside a store to its end. */
export function buildWholeIndex(store: Store, rules = 'test'): void {
  const builder = new IndexBuilder(store, { reading, rules })
  while (builder.step() !== 'done');
  builder.close()
}
