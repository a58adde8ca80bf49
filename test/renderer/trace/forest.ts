import { marksToBits } from '../../../shared/domain/marks.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import { spanKinds, statuses, type SpanKind, type Status } from '../../../shared/domain/kind.ts'
import type { TraceTree } from '../../../shared/contract/traces.ts'
import { criticalPath } from '../../../shared/tree/critical-path.ts'

/** One span of a tree drawn for a test. Times are microseconds; absent is unknown. */
export interface DrawnSpan {
  readonly name: string
  readonly kind?: SpanKind
  readonly status?: Status
  readonly model?: string
  readonly offset?: number
  readonly duration?: number
  readonly input?: number
  readonly output?: number
  readonly cached?: number
  readonly cost?: number
  readonly firstToken?: number
  readonly counted?: number
  readonly marks?: readonly Mark[]
  readonly children?: readonly DrawnSpan[]
}

/** The columns the contract gives for a forest. Row ids are the row number plus 1,000. */
export function treeOf(roots: readonly DrawnSpan[]): TraceTree {
  const flat: { span: DrawnSpan; depth: number; last: number }[] = []
  const walk = (span: DrawnSpan, depth: number): void => {
    const entry = { span, depth, last: 0 }
    flat.push(entry)
    for (const child of span.children ?? []) walk(child, depth + 1)
    entry.last = flat.length - 1
  }
  for (const root of roots) walk(root, 0)
  const strings = ['']
  const intern = (text: string | undefined) => {
    if (!text) return 0
    const at = strings.indexOf(text)
    return at >= 0 ? at : strings.push(text) - 1
  }
  const numbers = (read: (span: DrawnSpan) => number | undefined) =>
    Float64Array.from(flat, ({ span }) => read(span) ?? Number.NaN)
  const failed = flat.filter(({ span }) => span.status === 'error').length
  const times = {
    last: Uint32Array.from(flat, ({ last }) => last),
    offset: numbers(span => span.offset),
    duration: numbers(span => span.duration),
  }
  const critical = criticalPath(times)
  return {
    trace: {
      id: 1,
      traceId: '9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c',
      name: roots[0]?.name ?? 'empty',
      start: 1_795_190_687_002_000,
      duration: Math.max(0, ...flat.map(({ span }) => (span.offset ?? 0) + (span.duration ?? 0))),
      spans: flat.length,
      calls: flat.filter(({ span }) => span.counted === 1).length,
      errors: failed,
      tools: flat.filter(({ span }) => span.kind === 'tool').length,
      uncosted: 0,
      growing: false,
    },
    id: Float64Array.from(flat, (_, row) => row + 1000),
    ...times,
    depth: Uint16Array.from(flat, ({ depth }) => depth),
    kind: Uint8Array.from(flat, ({ span }) => spanKinds.indexOf(span.kind ?? 'chain')),
    status: Uint8Array.from(flat, ({ span }) => statuses.indexOf(span.status ?? 'unset')),
    name: Uint32Array.from(flat, ({ span }) => intern(span.name)),
    model: Uint32Array.from(flat, ({ span }) => intern(span.model)),
    input: numbers(span => span.input),
    output: numbers(span => span.output),
    cached: numbers(span => span.cached),
    cost: numbers(span => span.cost),
    recorded: numbers(span => span.cost),
    computed: numbers(() => undefined),
    firstToken: numbers(span => span.firstToken),
    counted: Uint8Array.from(flat, ({ span }) => span.counted ?? 0),
    marks: Uint32Array.from(flat, ({ span }) => marksToBits(span.marks ?? [])),
    criticalRow: critical.row,
    criticalFrom: critical.from,
    criticalTo: critical.to,
    strings,
  }
}
