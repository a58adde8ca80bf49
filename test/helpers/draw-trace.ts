// Small traces drawn as text, so that a test shows the picture it is about.

import type { SpanKind } from '../../shared/domain/kind.ts'

/** One line of a drawing. Milliseconds from the drawing's zero. */
export interface DrawnSpan {
  readonly id: string
  readonly parentId?: string
  readonly kind: SpanKind
  readonly name: string
  readonly start: number
  /** Absent in `20..`: still running, or cut short. */
  readonly end?: number
  readonly failed: boolean
  /** `in:120`, `out:30`. */
  readonly tokens: { readonly in?: number; readonly out?: number }
}

export interface DrawnTrace {
  readonly traceId: string
  readonly spans: readonly DrawnSpan[]
  /** The span of that name. */
  span(name: string): DrawnSpan
  /** One OTLP/JSON request. */
  otlp(): object
  /** The same as one line of a dump. */
  line(): string
}

/** The zero of every drawing: 2026-01-01T00:00:00Z. */
const zero = 1_767_225_600_000_000_000n

const line =
  /^(?<indent> *)(?<kind>[a-z]+) +(?<name>"[^"]*"|\S+) +(?<start>-?[\d.]+?)\.\.(?<end>-?[\d.]+)?(?<rest>(?: +\S+)*)$/

/** The operation name by which GenAI attributes say a kind; the kinds without one are said the OpenInference way. */
const operations: { readonly [kind in SpanKind]?: string } = {
  generation: 'chat',
  embedding: 'embeddings',
  retrieval: 'retrieval',
  tool: 'execute_tool',
  agent: 'invoke_agent',
}

/**
 * Reads a drawing: `kind name start..end`, children two spaces deeper, then any of `error`, `in:120`, `out:30`. A name
 * with spaces stands in quotes.
 *
 *     agent        answer   20..900
 *       generation gpt-4o    0..400  in:120 out:30
 *       tool       search  410..700  error
 */
export function traceFromText(text: string, traceId = '7e000000000000000000000000000001'): DrawnTrace {
  const spans: DrawnSpan[] = []
  const open: { indent: number; id: string }[] = []
  for (const written of text.split('\n').filter(line => line.trim() !== '')) {
    const found = line.exec(written.trimEnd())?.groups
    if (found === undefined) throw new Error(`Not a line of a drawing: ${written}`)
    const indent = found['indent']!.length
    while (open.length > 0 && open.at(-1)!.indent >= indent) open.pop()
    const parentId = open.at(-1)?.id
    const id = (spans.length + 1).toString(16).padStart(16, '0')
    open.push({ indent, id })
    const rest = found['rest']!.split(/ +/)
    const count = (label: string) => rest.find(word => word.startsWith(label))?.slice(label.length)
    spans.push({
      id,
      ...(parentId === undefined ? {} : { parentId }),
      kind: found['kind'] as SpanKind,
      name: found['name']!.replace(/^"(.*)"$/, '$1'),
      start: Number(found['start']),
      ...(found['end'] === undefined ? {} : { end: Number(found['end']) }),
      failed: rest.includes('error'),
      tokens: { ...numeric('in', count('in:')), ...numeric('out', count('out:')) },
    })
  }
  const otlp = () => request(traceId, spans)
  return {
    traceId,
    spans,
    otlp,
    line: () => `${JSON.stringify(otlp())}\n`,
    span(name) {
      const span = spans.find(span => span.name === name)
      if (span === undefined) throw new Error(`The drawing has no span named ${name}.`)
      return span
    },
  }
}

function numeric(name: 'in' | 'out', text: string | undefined): { readonly in?: number; readonly out?: number } {
  return text === undefined ? {} : { [name]: Number(text) }
}

function request(traceId: string, spans: readonly DrawnSpan[]): object {
  const scopeSpans = [{ scope: { name: 'drawing' }, spans: spans.map(span => otlpSpan(traceId, span)) }]
  return { resourceSpans: [{ resource: { attributes: [text('service.name', 'drawing')] }, scopeSpans }] }
}

function otlpSpan(traceId: string, span: DrawnSpan): object {
  const operation = operations[span.kind]
  return {
    traceId,
    spanId: span.id,
    ...(span.parentId === undefined ? {} : { parentSpanId: span.parentId }),
    name: span.name,
    kind: 1,
    startTimeUnixNano: nanoseconds(span.start),
    ...(span.end === undefined ? {} : { endTimeUnixNano: nanoseconds(span.end) }),
    attributes: [
      operation === undefined
        ? text('openinference.span.kind', span.kind.toUpperCase())
        : text('gen_ai.operation.name', operation),
      ...(span.kind === 'generation' || span.kind === 'embedding' ? [text('gen_ai.request.model', span.name)] : []),
      ...(span.kind === 'tool' ? [text('gen_ai.tool.name', span.name)] : []),
      ...(span.kind === 'agent' ? [text('gen_ai.agent.name', span.name)] : []),
      ...(span.tokens.in === undefined ? [] : [integer('gen_ai.usage.input_tokens', span.tokens.in)]),
      ...(span.tokens.out === undefined ? [] : [integer('gen_ai.usage.output_tokens', span.tokens.out)]),
    ],
    status: span.failed ? { code: 2, message: `${span.name} failed` } : {},
  }
}

function nanoseconds(milliseconds: number): string {
  return String(zero + BigInt(Math.round(milliseconds * 1e6)))
}

function text(key: string, value: string): object {
  return { key, value: { stringValue: value } }
}

function integer(key: string, value: number): object {
  return { key, value: { intValue: String(value) } }
}
