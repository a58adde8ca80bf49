import { readSpan } from '../../electron/import/reading.ts'
import type { Store } from '../../electron/store/open.ts'
import { IndexBuilder } from '../../electron/store/text-index/builder.ts'
import { textsOf } from '../../shared/query/texts.ts'

export const readTexts = (records: Parameters<typeof readSpan>[0]) => {
  const span = readSpan(records)
  return span && textsOf(span)
}

/** Builds the index beside a store to its end. */
export function buildWholeIndex(store: Store, rules = 'test'): void {
  const builder = new IndexBuilder(store, { read: readTexts, rules })
  while (builder.step() !== 'done');
  builder.close()
}
