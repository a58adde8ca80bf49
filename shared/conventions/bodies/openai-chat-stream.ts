import type { AttributeValue } from '../../domain/raw-span.ts'
import { isBody, isItems, listIn, objectIn, type Body } from './fields.ts'
import type { Assembled } from './provider-api.ts'
import { append, nullFree, TextPieces } from './pieces.ts'

/** A piece of a chat completion: `choices[].delta`. */
export function isChatChunk(event: Body): boolean {
  if (event['object'] === 'chat.completion.chunk') return true
  const choices = listIn(event, 'choices')
  return choices !== undefined && choices.length > 0 && isBody(choices[0]) && 'delta' in choices[0]
}

interface Choice {
  index: number
  message: Record<string, AttributeValue>
  calls: Map<number, { call: Record<string, AttributeValue>; args: TextPieces }>
  texts: Map<string, TextPieces>
  finish_reason?: AttributeValue
}

/** Texts come in pieces, tool call arguments by index; usage only in the last chunk, and only if asked for. */
export function assembleChat(events: readonly Body[]): Assembled {
  const body: Record<string, AttributeValue> = Object.create(null) as Record<string, AttributeValue>
  const choices = new Map<number, Choice>()
  for (const event of events) {
    for (const name of Object.keys(event)) {
      if (name !== 'choices' && event[name] !== null) body[name] = event[name]!
    }
    for (const item of listIn(event, 'choices') ?? []) if (isBody(item)) addDelta(choices, item)
  }
  body['object'] = 'chat.completion'
  const list = [...choices.values()].sort((a, b) => a.index - b.index)
  body['choices'] = list.map(finish)
  return { body, finished: list.length > 0 && list.every(choice => choice.finish_reason !== undefined) }
}

function addDelta(choices: Map<number, Choice>, item: Body): void {
  const index = typeof item['index'] === 'number' ? item['index'] : 0
  let choice = choices.get(index)
  if (!choice) choices.set(index, (choice = { index, message: nullFree(), calls: new Map(), texts: new Map() }))
  if (typeof item['finish_reason'] === 'string') choice.finish_reason = item['finish_reason']
  const delta = objectIn(item, 'delta')
  if (!delta) return
  for (const name of Object.keys(delta)) {
    const value = delta[name]!
    if (name === 'tool_calls') addCalls(choice, value)
    else if (name === 'function_call' && isBody(value)) addCall(choice, -1, { function: value })
    else if (name === 'role' || value === null) choice.message[name] ??= value
    else append(choice.texts, choice.message, name, value)
  }
}

function addCalls(choice: Choice, value: AttributeValue): void {
  if (!isItems(value)) return
  value.forEach((item, i) => {
    if (isBody(item)) addCall(choice, typeof item['index'] === 'number' ? item['index'] : i, item)
  })
}

function addCall(choice: Choice, index: number, item: Body): void {
  let known = choice.calls.get(index)
  if (!known) choice.calls.set(index, (known = { call: nullFree(), args: new TextPieces() }))
  for (const name of Object.keys(item)) {
    if (name !== 'function' && name !== 'index' && item[name] !== null) known.call[name] ??= item[name]!
  }
  const inner = objectIn(item, 'function')
  if (inner === undefined) return
  if (typeof inner['name'] === 'string' && inner['name'] !== '') known.call['name'] ??= inner['name']
  known.args.add(inner['arguments'])
}

function finish({ index, message, calls, texts, finish_reason }: Choice): Body {
  for (const [name, text] of texts) message[name] = text.value
  const made = [...calls].sort(([a], [b]) => a - b)
  const list = made.flatMap(([at, { call, args }]) => {
    const { name = '', ...rest } = call
    const inner = { name, arguments: args.value }
    if (at === -1) message['function_call'] = inner
    return at === -1 ? [] : [{ ...rest, function: inner }]
  })
  if (list.length > 0) message['tool_calls'] = list
  return { index, message, ...(finish_reason === undefined ? {} : { finish_reason }) }
}
