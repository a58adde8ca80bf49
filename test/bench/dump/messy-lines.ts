import { writeSync } from 'node:fs'
import { seededRandom, type Random } from '../../helpers/random.ts'
import { nanoseconds, type DumpAttributes, type DumpSpan, type DumpValue, type SpanLines } from './otlp-lines.ts'

/**
 * The same spans as a program might write them that knows no exporter: keys in any order, a space after commas and
 * colons, everything past ASCII as `\u` escapes (Python's json.dumps), and OpenInference names, a message an attribute.
 */
export class MessyLines implements SpanLines {
  readonly #file: number
  readonly #random: Random
  #waiting: Buffer[] = []
  #bytes = 0

  constructor(file: number, seed: number) {
    this.#file = file
    this.#random = seededRandom(seed + 7)
  }

  get bytes(): number {
    return this.#bytes
  }

  line(spans: readonly DumpSpan[], service: string): void {
    const request = {
      resourceSpans: [
        {
          resource: { attributes: attributesOf([['service.name', service]]) },
          scopeSpans: [
            { scope: { name: 'openinference.instrumentation', version: '0.1.31' }, spans: spans.map(spanOf) },
          ],
        },
      ],
    }
    const line = Buffer.from(`${this.#print(request)}\n`)
    this.#bytes += line.length
    this.#waiting.push(line)
    if (this.#waiting.length >= 64) this.flush()
  }

  flush(): void {
    const all = Buffer.concat(this.#waiting)
    this.#waiting = []
    for (let done = 0; done < all.length;) done += writeSync(this.#file, all, done)
  }

  #print(value: unknown): string {
    if (typeof value === 'string') return escapeAll(JSON.stringify(value))
    if (Array.isArray(value)) return `[${value.map(item => this.#print(item)).join(', ')}]`
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    const fields = Object.entries(value).map(([key, item]) => `"${key}": ${this.#print(item)}`)
    for (let i = fields.length - 1; i > 0; i--) {
      const j = this.#random.below(i + 1)
      ;[fields[i], fields[j]] = [fields[j]!, fields[i]!]
    }
    return `{${fields.join(', ')}}`
  }
}

function escapeAll(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function spanOf(span: DumpSpan): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentId === '' ? {} : { parentSpanId: span.parentId }),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: nanoseconds(span.start),
    endTimeUnixNano: nanoseconds(span.end),
    attributes: attributesOf(rename(span.attributes)),
    status: span.failed ? { code: 2, message: 'failed' } : {},
    events: span.events.map(({ name, time, attributes }) => ({
      name,
      timeUnixNano: nanoseconds(time),
      attributes: attributesOf(attributes),
    })),
  }
}

function attributesOf(attributes: DumpAttributes): object[] {
  return attributes.map(([key, value]) => ({ key, value: valueOf(value) }))
}

function valueOf(value: DumpValue): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if ('words' in value) return { arrayValue: { values: value.words.map(stringValue => ({ stringValue })) } }
  if ('messages' in value) return { stringValue: `[${value.messages.map(({ raw }) => raw).join(', ')}]` }
  return { stringValue: value.raw }
}

const names: { readonly [name: string]: string | undefined } = {
  'gen_ai.request.model': 'llm.model_name',
  'gen_ai.provider.name': 'llm.provider',
  'gen_ai.usage.input_tokens': 'llm.token_count.prompt',
  'gen_ai.usage.output_tokens': 'llm.token_count.completion',
  'gen_ai.usage.cache_read.input_tokens': 'llm.token_count.prompt_details.cache_read',
  'gen_ai.agent.name': 'agent.name',
  'gen_ai.conversation.id': 'session.id',
  'gen_ai.tool.name': 'tool.name',
  'gen_ai.tool.call.arguments': 'input.value',
  'gen_ai.tool.call.result': 'output.value',
  'gen_ai.system_instructions': 'llm.prompt_template.template',
  'gen_ai.tool.definitions': 'llm.tools.0.tool.json_schema',
}
const kinds: { readonly [operation: string]: string | undefined } = {
  chat: 'LLM',
  execute_tool: 'TOOL',
  invoke_agent: 'AGENT',
  retrieval: 'RETRIEVER',
}

function rename(attributes: DumpAttributes): DumpAttributes {
  return attributes.flatMap(([name, value]): DumpAttributes => {
    if (name === 'gen_ai.operation.name')
      return [['openinference.span.kind', kinds[typeof value === 'string' ? value : ''] ?? 'CHAIN']]
    const isInput = name === 'gen_ai.input.messages'
    if (typeof value === 'object' && 'messages' in value && (isInput || name === 'gen_ai.output.messages')) {
      return value.messages.flatMap(({ raw }, i) => messageOf(`llm.${isInput ? 'input' : 'output'}_messages.${i}`, raw))
    }
    return [[names[name] ?? name, value]]
  })
}

interface Message {
  readonly role: string
  readonly parts: readonly { readonly content?: string; readonly response?: string }[]
}

function messageOf(at: string, raw: string): DumpAttributes {
  const { role, parts } = JSON.parse(raw) as Message
  const content = parts.map(part => part.content ?? part.response ?? JSON.stringify(part)).join('\n')
  return [
    [`${at}.message.role`, role],
    [`${at}.message.content`, content],
  ]
}
