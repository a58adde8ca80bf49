import { statSync } from 'node:fs'
import { inputMessages, readSpanTexts } from '../import/message-list.ts'
import { rules } from '../import/rules.ts'
import type { CancelSignal } from '../../shared/contract/index.ts'
import { openStore } from '../store/open.ts'
import { indexPathOf } from '../store/text-index/schema.ts'
import { IndexDesk } from './index-desk.ts'
import type { Role } from './process.ts'

/** Builds the search index behind everything else. It writes nothing but the index and may be killed at any time. */
export const indexer: Role = ({ storePath }, emit) => {
  const store = openStore(storePath, { readOnly: true })
  const desk = new IndexDesk(store, { reading: { read: readSpanTexts, lists: inputMessages }, rules }, emit)
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
