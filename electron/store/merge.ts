import type { Labels, Names } from './interned.ts'
import type { KeptReader, KeptRecord } from './kept.ts'
import { meaningOf, writeMeaning } from './meaning.ts'
import type { Store } from './open.ts'
import type { Reread, SpanReading } from './reread.ts'

/** What reading spans again needs. */
export interface MergeTools {
  readonly reread: Reread
  readonly kept: KeptReader
  readonly names: Names
  readonly labels: Labels
  /** Told of every span that was read from several records. */
  merged?(records: readonly KeptRecord[], reading: SpanReading): void
}

/** Reads every span of a trace again that has more than one record. */
export function mergeSpans(store: Store, trace: number, tools: MergeTools): void {
  for (const { span } of store.query<[number], { span: number }>('merged-spans').all(trace))
    rereadSpan(store, span, tools)
}

/** Replaces what the columns say of a span by a reading of all its records. */
export function rereadSpan(store: Store, span: number, tools: MergeTools): void {
  const row = store.query<[number], { trace: number }>('span-trace').get(span)
  if (!row) return
  const { trace } = row
  const records = tools.kept.read(span)
  const found = readAgain(tools.reread, records)
  if (!found) return
  tools.merged?.(records, found)
  writeMeaning(store, span, trace, meaningOf(found), tools)
}

/** A record that its own format no longer reads leaves the columns as they are: one span must not stop an import. */
function readAgain(reread: Reread, records: readonly KeptRecord[]): SpanReading | undefined {
  try {
    return reread(records)
  } catch {
    return undefined
  }
}
