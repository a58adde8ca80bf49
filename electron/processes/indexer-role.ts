import { statSync } from 'node:fs'
import { readSpan } from '../import/reading.ts'
import { rules } from '../import/rules.ts'
import type { CancelSignal } from '../../shared/contract/index.ts'
import { textsOf } from '../../shared/query/texts.ts'
import { openStore } from '../store/open.ts'
import { indexPathOf } from '../store/text-index/schema.ts'
import { IndexDesk } from './index-desk.ts'
import type { Role } from './process.ts'

/** Builds the search index behind everything else. It writes nothing but the index and may be killed at any time. */
export const indexer: Role = ({ storePath }, emit) => {
  const store = openStore(storePath, { readOnly: true })
  const read = (records: Parameters<typeof readSpan>[0]) => {
    const span = readSpan(records)
    return span && textsOf(span)
  }
  const desk = new IndexDesk(store, { read, rules }, emit)
  const path = indexPathOf(storePath)
  const bytes = () =>
    ['', '-wal'].reduce((sum, end) => sum + (statSync(path + end, { throwIfNoEntry: false })?.size ?? 0), 0)
  return {
    answers: {
      'index.status': () => ({ ...desk.status(), path, bytes: bytes() }),
      'index.wait': (_: unknown, signal: CancelSignal) => desk.settled(signal),
      'index.stop': () => (desk.stop(), {}),
      'index.go': () => (desk.go(), {}),
    },
    close: async () => {
      await desk.close()
      store.close()
    },
  }
}
