import type { AttributeValue } from '../../domain/raw-span.ts'
import { asNumber } from '../values.ts'
import { isBody, listIn, objectIn, wordIn, type Body } from './fields.ts'
import { nullFree, TextPieces } from './pieces.ts'
import type { Assembled } from './provider-api.ts'

/** `response.created`, `response.output_text.delta` … */
export function isResponseEvent(event: Body): boolean {
  const type = event['type']
  return typeof type === 'string' && type.startsWith('response.') && type.length > 9
}

const ends = new Set(['response.completed', 'response.failed', 'response.incomplete', 'response.cancelled'])

export function isResponseEnd(event: Body): boolean {
  return ends.has(wordIn(event, 'type') ?? '')
}

/**
 * The last event holds the whole response. A stream that broke off, or whose last event is without its items, as some servers
 * write it, is put together from what came before.
 */
export function assembleResponse(events: readonly Body[]): Assembled {
  const last = events.findLast(isResponseEnd)
  const whole = objectIn(last, 'response')
  if ((listIn(whole, 'output')?.length ?? 0) > 0) return { body: whole!, finished: true }
  const output = outputOf(events)
  if (whole !== undefined)
    return { body: output.length === 0 ? whole : Object.assign(nullFree(), whole, { output }), finished: true }
  const started = objectIn(
    events.find(event => objectIn(event, 'response') !== undefined),
    'response',
  )
  const status = wordIn(last, 'type')?.slice('response.'.length) ?? 'in_progress'
  return {
    body: Object.assign(nullFree(), started, { object: 'response', status, output }),
    finished: last !== undefined,
  }
}

/** Where the text of a delta belongs: a field of its item, or one of a part of it. */
interface Place {
  readonly item: string
  readonly field: string
  readonly part?: { readonly list: string; readonly type: string; readonly field: string }
}

const written = (type: string, field = 'text'): Place => ({
  item: 'message',
  field: 'content',
  part: { list: 'content', type, field },
})
const thought = (list: string, type: string): Place => ({
  item: 'reasoning',
  field: list,
  part: { list, type, field: 'text' },
})

const places: readonly (readonly [RegExp, Place])[] = [
  [/^response\.(?:output_)?(?:text|audio_transcript)\.delta$/, written('output_text')],
  [/^response\.refusal\.delta$/, written('refusal', 'refusal')],
  [/^response\.reasoning_summary.*\.delta$/, thought('summary', 'summary_text')],
  [/^response\.reasoning.*\.delta$/, thought('content', 'reasoning_text')],
  [/^response\.function_call_arguments\.delta$/, { item: 'function_call', field: 'arguments' }],
  [/^response\.mcp_call_arguments\.delta$/, { item: 'mcp_call', field: 'arguments' }],
  [/^response\.custom_tool_call_input\.delta$/, { item: 'custom_tool_call', field: 'input' }],
  [/^response\.code_interpreter_call_code\.delta$/, { item: 'code_interpreter_call', field: 'code' }],
]

interface Grown {
  readonly place: Place
  readonly part: number
  readonly text: TextPieces
}

/** Items in their order. One whose beginning did not come is what its deltas say; one that never ended gets what came of it. */
function outputOf(events: readonly Body[]): Body[] {
  const items = new Map<number, Record<string, AttributeValue>>()
  const grown = new Map<number, Map<string, Grown>>()
  for (const event of events) {
    const at = asNumber(event['output_index']) ?? 0
    const item = objectIn(event, 'item')
    if (item !== undefined) items.set(at, Object.assign(nullFree(), item))
    const type = wordIn(event, 'type') ?? ''
    const place = type.endsWith('.delta') ? places.find(([pattern]) => pattern.test(type))?.[1] : undefined
    if (!place) continue
    if (!items.has(at)) items.set(at, Object.assign(nullFree(), { type: place.item }))
    const part = asNumber(event['content_index'] ?? event['summary_index']) ?? 0
    let texts = grown.get(at)
    if (!texts) grown.set(at, (texts = new Map()))
    const key = `${place.part?.type ?? place.field} ${part}`
    let one = texts.get(key)
    if (!one) texts.set(key, (one = { place, part, text: new TextPieces() }))
    one.text.add(event['delta'])
  }
  return [...items].sort(([a], [b]) => a - b).map(([at, item]) => fill(item, [...(grown.get(at)?.values() ?? [])]))
}

function fill(item: Record<string, AttributeValue>, texts: readonly Grown[]): Body {
  const own = texts.filter(({ place }) => place.item === item['type'])
  const missing = own.filter(({ place }) => isEmpty(item[place.field]))
  for (const { place, text } of missing.toSorted((a, b) => a.part - b.part)) {
    const { part, field } = place
    if (part === undefined) item[field] = text.value
    else item[part.list] = [...(listIn(item, part.list) ?? []), { type: part.type, [part.field]: text.value }]
  }
  return isBody(item) ? item : {}
}

function isEmpty(value: AttributeValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
