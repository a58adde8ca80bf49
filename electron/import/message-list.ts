import { readMessages } from '../../shared/conventions/messages.ts'
import { isObject } from '../../shared/conventions/values.ts'
import { type SpanText, textsOf, textsOfMessage } from '../../shared/query/texts.ts'
import type { MessageLists } from '../store/text-index/span-texts.ts'
import { readSpan } from './reading.ts'

/** The attribute, as OTLP writes it or as a plain field, right before its value. */
const before = /"gen_ai\.input\.messages"\s*(?:,\s*"value"\s*:\s*\{\s*"stringValue"\s*)?:\s*$/
const longestBefore = 100

/**
 * The history of a call that is read message by message: what one of them says depends on no other. It is the list that
 * repeats most in the dumps of agents.
 */
export const inputMessages: MessageLists = {
  isList: (kept, at) => before.test(kept.slice(Math.max(0, at - longestBefore), at)),
  textsOf(item): readonly SpanText[] | undefined {
    const value = parse(item)
    if (!isObject(value) || typeof value['role'] !== 'string') return undefined
    return readMessages(`[${item}]`, 'user')?.flatMap(message => textsOfMessage(message, 'input'))
  },
}

function parse(json: string) {
  try {
    return JSON.parse(json) as Parameters<typeof isObject>[0]
  } catch {
    return undefined
  }
}

/** Every text of a span; `usesList` where its input is that list. */
export function readSpanTexts(records: Parameters<typeof readSpan>[0]) {
  const span = readSpan(records)
  return span && { texts: textsOf(span), usesList: span.readBy?.['inputMessages'] === 'gen_ai.input.messages' }
}
