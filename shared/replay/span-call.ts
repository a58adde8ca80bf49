import { readWhole } from '../conventions/index.ts'
import { withOrigins } from '../conventions/origins.ts'
import { toolsOf } from '../conventions/tools.ts'
import { asObject, asText, asWord, emptyObject, isObject } from '../conventions/values.ts'
import type { JsonValue } from '../domain/json.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import type { Span } from '../domain/span.ts'
import type { ToolOffer } from '../domain/message.ts'
import type { NeutralCall, Notes } from './types.ts'

export interface SpanCall {
  readonly call: NeutralCall
  readonly span: Span
  /** There was a text where messages should be. */
  readonly isPlain: boolean
}

/** What a span says of a call, whoever recorded it. */
export function callOfSpan(raw: RawSpan): SpanCall {
  const { value, originOf } = withOrigins(() => {
    const span = readWhole(raw)
    return { span, tools: span.toolsOffered ?? toolsAsked(raw) }
  })
  const { span, tools } = value
  const asked = asObject(raw.attributes['llm.invocation_parameters'])
  const requested = span.requestModel ?? asWord(asked?.['model']) ?? asWord(asked?.['model_name'])
  const model = requested ?? span.model
  const parameters = span.parameters ?? emptyObject()
  const streaming = [parameters['stream'], parameters['streaming'], parameters['is_streaming']].find(
    value => typeof value === 'boolean',
  )
  const stream = span.streamed ?? (typeof streaming === 'boolean' ? streaming : undefined)
  const plain = span.inputMessages ? undefined : plainInput(span.input)
  const isOfAiSdk = raw.dialect === 'ai-sdk-devtools' || span.readBy?.['inputMessages']?.startsWith('ai.') === true
  return {
    span,
    isPlain: plain !== undefined,
    call: {
      ...(model === undefined ? {} : { model }),
      ...(requested === undefined && model !== undefined ? { isAnswering: true } : {}),
      ...(stream === undefined ? {} : { stream }),
      messages:
        span.inputMessages ?? (plain === undefined ? [] : [{ role: 'user', parts: [{ type: 'text', text: plain }] }]),
      tools,
      parameters,
      originOf,
      spokenIn: undefined,
      recorder: isOfAiSdk ? 'ai-sdk' : 'other',
      mixed: false,
    },
  }
}

/** A prompt as one text, bare or under that name. */
function plainInput(input: JsonValue | undefined): string | undefined {
  const text = isObject(input) ? (input['prompt'] ?? input['input'] ?? input['text']) : input
  return typeof text === 'string' && text.trim() !== '' ? text : undefined
}

/** Tools that stand among the parameters only. */
function toolsAsked({ attributes }: RawSpan): readonly ToolOffer[] {
  const asked = asObject(attributes['llm.invocation_parameters'])
  const tools = asked?.['tools'] ?? asked?.['functions']
  return tools === undefined ? [] : (toolsOf(tools) ?? [])
}

/** Logs of coding agents: what was said, and not what it was sent with. */
const sessions: ReadonlySet<string> = new Set([
  'claude-code',
  'codex',
  'agent-turns',
  'agent-events',
  'atif',
  'conversation',
])

/** What a recorder is known to leave out. */
export function noteUntold(raw: RawSpan, { parameters }: NeutralCall, notes: Notes): void {
  if (raw.dialect !== undefined && sessions.has(raw.dialect))
    notes.lost('tools', 'a log of a session holds what was said, not the tools and instructions that went with it')
  const operation = asText(raw.attributes['ai.operationId']) ?? ''
  // The schema is in the span around this one.
  if (/^ai\.(?:generate|stream)Object\./.test(operation) && parameters['schema'] === undefined)
    notes.lost('schema', 'an object was asked for; by which schema only the span around this one may say')
}

/** Attributes that hold a conversation as JSON: one that begins like it and is none was cut off. */
const conversations = [
  'input.value',
  'gen_ai.input.messages',
  'gen_ai.prompt',
  'ai.prompt.messages',
  'ai.prompt',
  'langfuse.observation.input',
  'traceloop.entity.input',
]

export function noteCut({ attributes }: RawSpan, notes: Notes): void {
  for (const name of conversations) {
    const text = asText(attributes[name])?.trim()
    if (text === undefined || !/^[[{]\s*["{[\]}]/.test(text)) continue
    try {
      JSON.parse(text)
    } catch {
      notes.lost(name, 'begins like JSON and does not end like it: its recorder cut it off')
    }
  }
}
