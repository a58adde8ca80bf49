// Calls of a dump, read without any code of the product: what its tables are held against. Knows flat rows and the OTLP/JSON
// of the sample, and nothing else.

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

export interface DumpCall {
  readonly trace: string
  /** Milliseconds since 1970. */
  readonly start: number | undefined
  /** Microseconds. */
  readonly length: number | undefined
  readonly input: number | undefined
  readonly output: number | undefined
  readonly cached: number | undefined
  /** As written. */
  readonly cost: string | undefined
  readonly failed: boolean
  /** Several of one field. */
  readonly fields: Readonly<Record<string, readonly string[]>>
}

type Row = Readonly<Record<string, unknown>>

/** A word or a number as text. */
function text(value: unknown): string {
  return `${value as string | number}`
}

export function readCalls(file: string): DumpCall[] {
  const bytes = readFileSync(file)
  const all = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const lines = all.split('\n').filter(line => line !== '')
  return lines.flatMap(line => {
    const record = JSON.parse(line) as Row
    return 'resourceSpans' in record ? otlpCalls(record) : flatCall(record, line)
  })
}

/** The digits of a number as they stand in the line: JSON.parse would round them. */
function digitsOf(line: string, name: string): string | undefined {
  return new RegExp(`"${name}": ?"?([-0-9.eE+]+)`).exec(line)?.[1]
}

function flatCall(row: Row, line: string): DumpCall[] {
  if (row['model_name'] === undefined) return []
  const texts = (name: string) => (row[name] === undefined ? [] : [text(row[name])])
  return [
    {
      trace: text(row['trace_id']),
      start: row['timestamp'] === undefined ? undefined : Date.parse(text(row['timestamp'])),
      length: row['latency_ms'] === undefined ? undefined : Number(row['latency_ms']) * 1000,
      input: row['input_tokens'] as number | undefined,
      output: row['output_tokens'] as number | undefined,
      cached: undefined,
      cost: digitsOf(line, 'cost_usd'),
      failed: row['status'] === 'error',
      fields: {
        model: texts('model_name'),
        provider: texts('model_provider'),
        feature: texts('feature'),
        user: texts('user_id'),
        'prompt.version': texts('prompt_version'),
        tag: (row['tags'] as string[] | undefined) ?? [],
      },
    },
  ]
}

interface Attribute {
  readonly key: string
  readonly value: Row
}

function otlpCalls(record: Row): DumpCall[] {
  const resources = record['resourceSpans'] as { resource: Row; scopeSpans: { spans: Row[] }[] }[]
  return resources.flatMap(({ resource, scopeSpans }) => {
    const ofResource = attributesOf(resource)
    return scopeSpans.flatMap(({ spans }) => spans.flatMap(span => otlpCall(span, ofResource)))
  })
}

function otlpCall(span: Row, resource: ReadonlyMap<string, unknown>): DumpCall[] {
  const said = attributesOf(span)
  const isCall = said.get('openinference.span.kind') === 'LLM' || said.get('gen_ai.operation.name') === 'chat'
  if (!isCall) return []
  const number = (...names: string[]) => names.map(name => said.get(name)).find(value => value !== undefined)
  const texts = (...names: string[]) => {
    const found = names.map(name => said.get(name) ?? resource.get(name)).find(value => value !== undefined)
    return found === undefined ? [] : [text(found)]
  }
  const count = (value: unknown) => (value === undefined ? undefined : Number(value))
  const cost = number('llm.cost.total', 'gen_ai.usage.cost')
  const [start, end] = [BigInt(text(span['startTimeUnixNano'])), BigInt(text(span['endTimeUnixNano']))]
  return [
    {
      trace: text(span['traceId']),
      start: Number(start / 1_000_000n),
      length: Number(end - start) / 1000,
      input: count(number('llm.token_count.prompt', 'gen_ai.usage.input_tokens')),
      output: count(number('llm.token_count.completion', 'gen_ai.usage.output_tokens')),
      cached: count(number('llm.token_count.prompt_details.cache_read', 'gen_ai.usage.cache_read.input_tokens')),
      cost: cost === undefined ? undefined : text(cost),
      failed: (span['status'] as Row | undefined)?.['code'] === 2,
      fields: {
        model: texts('gen_ai.response.model', 'llm.model_name', 'gen_ai.request.model'),
        service: texts('service.name'),
        environment: texts('deployment.environment.name'),
        session: texts('session.id', 'gen_ai.conversation.id'),
        'prompt.version': texts('llm.prompt_template.version'),
        tag: listOf(said.get('tag.tags')),
      },
    },
  ]
}

/** The instrumentation writes a list as JSON. */
function listOf(value: unknown): string[] {
  return value === undefined ? [] : typeof value === 'string' ? (JSON.parse(value) as string[]) : (value as string[])
}

function attributesOf(said: Row): ReadonlyMap<string, unknown> {
  const list = (said['attributes'] as Attribute[] | undefined) ?? []
  return new Map(list.map(({ key, value }) => [key, plain(value)]))
}

function plain(value: Row): unknown {
  const list = value['arrayValue'] as { values: Row[] } | undefined
  return list ? list.values.map(plain) : Object.values(value)[0]
}
