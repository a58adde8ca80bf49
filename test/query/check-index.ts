import { textReading } from '../../electron/import/text-reading.ts'
import type { Store } from '../../electron/store/open.ts'
import { IndexBuilder } from '../../electron/store/text-index/builder.ts'

export const reading = textReading

/** Builds the index beside a store to its end. */
export function buildWholeIndex(store: Store, rules = 'test'): void {
  const builder = new IndexBuilder(store, { reading, rules })
  while (builder.step() !== 'done');
  builder.close()
}
