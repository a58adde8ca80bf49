import type { AttributeValue } from '../../domain/raw-span.ts'
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

/** The last event holds the whole response. A stream that broke off is put together from its items. */
export function assembleResponse(events: readonly Body[]): Assembled {
  const last = events.findLast(isResponseEnd)
  const whole = objectIn(last, 'response')
  if (whole !== undefined) return { body: whole, finished: true }
  const started = objectIn(
    events.find(event => objectIn(event, 'response') !== undefined),
    'response',
  )
  const items = new Map<number, Record<string, AttributeValue>>()
  const texts = new Map<number, TextPieces>()
  for (const event of events) {
    const at = event['output_index']
    if (typeof at !== 'number') continue
    const item = objectIn(event, 'item')
    if (item !== undefined) items.set(at, Object.assign(nullFree(), item))
    if (!wordIn(event, 'type')?.endsWith('.delta')) continue
    let text = texts.get(at)
    if (!text) texts.set(at, (text = new TextPieces()))
    text.add(event['delta'])
  }
  const output = [...items].sort(([a], [b]) => a - b).map(([at, item]) => fill(item, texts.get(at)))
  return {
    body: Object.assign(nullFree(), started, { object: 'response', status: 'in_progress', output }),
    finished: false,
  }
}

/** An item that never ended gets what arrived of its text. */
function fill(item: Record<string, AttributeValue>, text: TextPieces | undefined): Body {
  if (text === undefined) return item
  const { value } = text
  if (item['type'] === 'message' && (listIn(item, 'content')?.length ?? 0) === 0) {
    item['content'] = [{ type: 'output_text', text: value }]
  } else if (item['type'] === 'reasoning' && (listIn(item, 'summary')?.length ?? 0) === 0) {
    item['summary'] = [{ type: 'summary_text', text: value }]
  } else if ('arguments' in item && item['arguments'] === '') item['arguments'] = value
  return isBody(item) ? item : {}
}
