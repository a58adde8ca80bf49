// Builds an index over and over, until it is killed.
import { rmSync } from 'node:fs'
import { openStore } from '../../electron/store/open.ts'
import { indexPathOf } from '../../electron/store/text-index/schema.ts'
import { buildWholeIndex } from '../query/check-index.ts'

const store = openStore(process.argv[2] ?? '', { readOnly: true })
for (let round = 0; ; round++) {
  if (round % 2 === 1) rmSync(indexPathOf(store.path), { force: true })
  buildWholeIndex(store)
}
