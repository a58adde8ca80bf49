import type { AttributeValue } from '../../domain/raw-span.ts'
import { asNumber, asText, isDeferred } from '../values.ts'
import { parseJson } from '../json-text.ts'
import { objectIn, wordIn, type Body } from './fields.ts'
import { append, nullFree, TextPieces } from './pieces.ts'
import type { Assembled } from './provider-api.ts'

const types = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
])

export function isMessageEvent(event: Body): boolean {
  return types.has(wordIn(event, 'type') ?? '')
}

interface Block {
  readonly fields: Record<string, AttributeValue>
  readonly texts: Map<string, TextPieces>
  readonly input: TextPieces
}

const deltaFields = new Map([
  ['text_delta', 'text'],
  ['thinking_delta', 'thinking'],
  ['signature_delta', 'signature'],
])

/** What a block is whose beginning did not come, by what it goes on with. */
const unstarted = new Map([
  ['thinking_delta', 'thinking'],
  ['signature_delta', 'thinking'],
  ['input_json_delta', 'tool_use'],
])

/** Blocks by index; usage of the start, overwritten by what later events say. */
export function assembleMessage(events: readonly Body[]): Assembled {
  const message = nullFree()
  const usage = nullFree()
  const blocks = new Map<number, Block>()
  let finished = false
  for (const event of events) {
    const at = asNumber(event['index']) ?? 0
    switch (event['type']) {
      case 'message_start':
        Object.assign(message, objectIn(event, 'message'))
        Object.assign(usage, objectIn(objectIn(event, 'message'), 'usage'))
        break
      case 'content_block_start':
        blocks.set(at, blockOf(objectIn(event, 'content_block')))
        break
      case 'content_block_delta': {
        const delta = objectIn(event, 'delta')
        let block = blocks.get(at)
        if (!block) blocks.set(at, (block = blockOf({ type: unstarted.get(wordIn(delta, 'type') ?? '') ?? 'text' })))
        addDelta(block, delta)
        break
      }
      case 'message_delta':
        Object.assign(message, objectIn(event, 'delta'))
        for (const [name, value] of Object.entries(objectIn(event, 'usage') ?? {}))
          if (value !== null) usage[name] = value
        break
      case 'message_stop':
        finished = true
        break
      default:
    }
  }
  const content = [...blocks].sort(([a], [b]) => a - b).map(([, block]) => finish(block))
  const body = Object.assign(nullFree(), { type: 'message', role: 'assistant', stop_reason: null }, message, {
    content,
    ...(Object.keys(usage).length > 0 ? { usage } : {}),
  })
  return { body, finished }
}

function blockOf(written: Body | undefined): Block {
  const fields = Object.assign(nullFree(), written)
  const texts = new Map<string, TextPieces>()
  for (const name of ['text', 'thinking']) {
    const value = fields[name]
    if (typeof value === 'string' || isDeferred(value)) append(texts, fields, name, value)
  }
  return { fields, texts, input: new TextPieces() }
}

function addDelta(block: Block, delta: Body | undefined): void {
  const type = wordIn(delta, 'type') ?? ''
  const field = deltaFields.get(type)
  if (field !== undefined && delta?.[field] !== undefined) append(block.texts, block.fields, field, delta[field])
  else if (type === 'input_json_delta') block.input.add(delta?.['partial_json'])
  else if (type === 'citations_delta' && delta?.['citation'] !== undefined) {
    append(block.texts, block.fields, 'citations', [delta['citation']])
  }
}

function finish({ fields, texts, input }: Block): Body {
  for (const [name, text] of texts) fields[name] = text.value
  const written = asText(input.value) ?? ''
  if (written !== '') fields['input'] = parseJson(written) ?? written
  return fields
}
