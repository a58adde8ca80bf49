import { hashResponseId } from './interned.ts'
import type { Labels, Names } from './interned.ts'
import type { KeptReader, KeptRecord } from './kept.ts'
import type { Store } from './open.ts'
import { callColumns, scoreCells, scoreColumns } from './pending.ts'
import type { Reread, SpanReading } from './reread.ts'
import { RowWriter, whole } from './row-writer.ts'
import type { Cell } from './row-writer.ts'

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
  const { reread, kept, names, labels } = tools
  const row = store.query<[number], { trace: number }>('span-trace').get(span)
  if (!row) return
  const { trace } = row
  const records = kept.read(span)
  const found = readAgain(reread, records)
  if (!found) return
  tools.merged?.(records, found)
  const label = labels.id({
    traceName: names.id(found.traceName),
    session: names.id(found.session),
    user: names.id(found.user),
    environment: names.id(found.environment),
    release: names.id(found.release),
    application: names.id(found.application),
    feature: names.id(found.feature),
    tenant: names.id(found.tenant),
  })
  const start = whole(found.start)
  const times = [start, found.startNs, whole(found.duration), found.durationNs]
  const seen: Cell[] = [names.id(found.name), found.kind, found.status, ...times, found.marks, found.conventions, label]
  store.query<Cell[], unknown>('span-reading').run(found.parentTag, ...seen, span)

  store.query('call-delete').run(span)
  if (found.call) {
    const { call } = found
    const calls = new RowWriter(store, 'call', callColumns)
    const who = [names.id(call.model), names.id(call.provider), hashResponseId(call.responseId)]
    const prompt = [names.id(call.promptName), names.id(call.promptVersion)]
    const tokens = [
      call.input,
      call.output,
      call.cacheRead,
      call.cacheWrite,
      call.reasoning,
      call.cost,
      call.firstToken,
    ]
    calls.add(span, trace, start, ...who, ...prompt, ...tokens.map(whole), 0, whole(call.messages))
    calls.flush()
  }
  store.query('score-delete').run(span)
  const scores = new RowWriter(store, 'score', scoreColumns)
  for (const score of found.scores) scores.add(span, trace, ...scoreCells(score))
  scores.flush()
}

/** A record that its own format no longer reads leaves the columns as they are: one span must not stop an import. */
function readAgain(reread: Reread, records: readonly KeptRecord[]): SpanReading | undefined {
  try {
    return reread(records)
  } catch {
    return undefined
  }
}
