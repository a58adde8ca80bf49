import type { RawSpan } from '../../shared/domain/raw-span.ts'
import type { Prompt } from '../../shared/domain/message.ts'
import type { Span } from '../../shared/domain/span.ts'
import type { NanoDollars } from '../../shared/domain/units.ts'
import { computedNano } from '../../shared/money/span-cost.ts'
import { readRawSpan, readSpan } from '../import/reading.ts'
import { KeptReader, type KeptRecord } from '../store/kept.ts'
import { pricerOf } from '../store/price-book.ts'
import { withPrompt } from '../store/prompts/with-prompt.ts'
import { type PutOn, putOn, withSaid } from '../store/said.ts'
import type { Store } from '../store/open.ts'
import type { Scope } from './export.ts'
import { readTree } from '../store/trace-tree.ts'
import { walkTraces } from '../store/walk.ts'

/** A span with all that can be said of it. */
export interface ExportedSpan {
  readonly traceId: string
  readonly span: Span
  /** The same with what persons and other systems said of it. */
  readonly said: () => Span
  /** What its prompt was found to be, where its file names none or no version of it. */
  readonly recovered: () => Prompt | undefined
  /** What persons put on its trace. */
  readonly onTrace: () => PutOn
  /** What its usage costs by the store's prices. */
  readonly computed: () => NanoDollars | undefined
  readonly raw: RawSpan
  readonly records: readonly KeptRecord[]
  /** 1 for a call counted once, 2 for other usage that counts, 0 otherwise. */
  readonly counted: number
}

/** Trace by trace, each in reading order. */
export function* exportedSpans(store: Store, { traces, spans }: Scope): Generator<ExportedSpan> {
  const kept = new KeptReader(store)
  const pricer = pricerOf(store)
  for (const { id, key } of walkTraces(store, traces)) {
    const tree = readTree(store, id)
    let known: PutOn | undefined
    const onTrace = () => (known ??= putOn(store, 'traces', id))
    for (const [i, row] of tree?.id.entries() ?? []) {
      if (spans && !spans.has(row)) continue
      const records = kept.read(row)
      const raw = readRawSpan(records)
      const span = readSpan(records)
      if (raw && span)
        yield {
          traceId: key,
          span,
          said: () => withSaid(store, row, span),
          recovered: () => recoveredPrompt(store, row, span),
          onTrace,
          computed: () => computedNano(pricer, span),
          raw,
          records,
          counted: tree!.counted[i]!,
        }
    }
  }
}

function recoveredPrompt(store: Store, id: number, span: Span): Prompt | undefined {
  const { prompt } = withPrompt(store, id, span)
  return prompt?.recovered ? prompt : undefined
}
