import { statSync } from 'node:fs'
import path from 'node:path'
import type { Output } from '../../shared/contract/index.ts'
import type { Store } from './open.ts'

interface Counts {
  readonly traces: number
  readonly spans: number
  readonly calls: number
  readonly imports: number
}

/** What a store holds, and how large its files are. */
export function summarize(store: Store): Output<'store.summary'> {
  const counts = store.snapshot(() => store.query<[], Counts>('summary').get()!)
  const bytes = ['', '-wal'].reduce(
    (sum, end) => sum + (statSync(store.path + end, { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
  const name = path.basename(store.path)
  return { path: store.path, name, ...counts, bytes, readOnly: store.readOnly, newerSchema: store.newerSchema }
}
