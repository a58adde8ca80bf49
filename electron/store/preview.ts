import type { PreviewSpan } from '../../shared/contract/imports.ts'
import { spanKinds, statuses } from '../../shared/domain/kind.ts'
import { nanoToDecimal } from '../../shared/domain/numbers.ts'
import type { Store } from './open.ts'

const mostLines = 200

interface Row {
  readonly depth: number
  readonly name: string | null
  readonly kind: number
  readonly status: number
  readonly dur: number | null
  readonly dur_ns: number
  readonly model: string | null
  readonly input: number | null
  readonly output: number | null
  readonly cost: number | null
}

/** The first spans of the first traces, in reading order. */
export function previewSpans(store: Store): PreviewSpan[] {
  const lines: PreviewSpan[] = []
  const read = store.query<[number, number], Row>('preview-spans')
  for (const { id } of store.query<[number], { id: number }>('trace-ids').all(mostLines)) {
    for (const row of read.all(id, mostLines - lines.length)) lines.push(previewOf(row))
    if (lines.length >= mostLines) break
  }
  return lines
}

function previewOf({ depth, name, kind, status, dur, dur_ns, model, input, output, cost }: Row): PreviewSpan {
  return {
    depth,
    name: name ?? '',
    kind: spanKinds[kind] ?? 'other',
    status: statuses[status] ?? 'unset',
    ...(model === null ? {} : { model }),
    ...(dur === null ? {} : { durationNs: String(BigInt(dur) * 1000n + BigInt(dur_ns)) }),
    ...(input === null ? {} : { inputTokens: input }),
    ...(output === null ? {} : { outputTokens: output }),
    ...(cost === null ? {} : { cost: nanoToDecimal(cost) }),
  }
}
