import type { Labels, Names, Traits } from './interned.ts'
import type { KeptReader, KeptText } from './kept.ts'
import { meaningOf, writeMeaning } from './meaning.ts'
import type { Store } from './open.ts'
import type { Reread, SpanReading } from './reread.ts'

/** What reading spans again needs. */
export interface MergeTools {
  readonly reread: Reread
  readonly kept: KeptReader
  readonly names: Names
  readonly labels: Labels
  readonly traits: Traits
  /** Of a trace only these spans are due, by its row. Absent: all that have several records. */
  readonly late?: ReadonlyMap<number, ReadonlySet<number>>
  /** Told of every span that was read from several records. */
  merged?(records: readonly KeptText[], reading: SpanReading): void
}

/** Reads every span of a trace again that has more than one record, or those of them that are due. */
export function mergeSpans(store: Store, trace: number, tools: MergeTools): void {
  const spans = tools.late
    ? [...(tools.late.get(trace) ?? [])].sort((a, b) => a - b)
    : store.query<[number], number>('merged-spans').pluck().all(trace)
  rereadSpans(store, trace, spans, tools)
}

/** Log records of many spans may come in any order: each block of theirs is opened once for so many. */
const spansAtOnce = 5000

/** Replaces what the columns say of spans of one trace, in ascending order, by a reading of all their records. */
export function rereadSpans(store: Store, trace: number, spans: readonly number[], tools: MergeTools): void {
  for (const { span, records } of tools.kept.texts(spans, spansAtOnce)) {
    const found = readAgain(tools.reread, records)
    if (!found) continue
    tools.merged?.(records, found)
    writeMeaning(store, span, trace, meaningOf(found), tools)
  }
}

/** A record that its own format no longer reads leaves the columns as they are: one span must not stop an import. */
export function readAgain(reread: Reread, records: readonly KeptText[]): SpanReading | undefined {
  try {
    return reread(records)
  } catch {
    return undefined
  }
}
