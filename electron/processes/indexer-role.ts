import { statSync } from 'node:fs'
import { textReading } from '../import/text-reading.ts'
import { rules } from '../import/rules.ts'
import type { CancelSignal, Emit } from '../../shared/contract/index.ts'
import { openStore } from '../store/open.ts'
import { indexPathOf } from '../store/text-index/schema.ts'
import { IndexDesk, type PieceSource } from './index-desk.ts'
import type { Opening, Role, Service } from './process.ts'

type Reading = (storePath: string) => PieceSource

/** Builds the search index behind everything else. It writes nothing but the index and may be killed at any time. */
export const indexer: Role = indexerWith()

/** The same with what reads the store in a thread of its own. */
export function indexerWith(aheadOf?: Reading): Role {
  return (opening, emit) => open(opening, emit, aheadOf)
}

function open({ storePath }: Opening, emit: Emit, aheadOf?: Reading): Service {
  const store = openStore(storePath, { readOnly: true })
  const desk = new IndexDesk(store, { reading: textReading, rules }, emit, aheadOf?.(storePath))
  const path = indexPathOf(storePath)
  const bytes = () =>
    ['', '-wal'].reduce((sum, end) => sum + (statSync(path + end, { throwIfNoEntry: false })?.size ?? 0), 0)
  return {
    answers: {
      'index.status': () => ({ ...desk.status(), path, bytes: bytes(), blobs: desk.blobs }),
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
