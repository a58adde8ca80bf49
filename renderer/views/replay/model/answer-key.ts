import { keyOfJson } from '../../../../shared/diff/json-text.ts'
import { outputTextOf } from '../../../../shared/diff/span-texts.ts'
import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Span } from '../../../../shared/domain/span.ts'

export interface Call {
  readonly name: string
  readonly arguments: JsonValue
}

export function callsOf({ outputMessages = [] }: Span): Call[] {
  return outputMessages.flatMap(({ parts }) =>
    parts.flatMap(part => (part.type === 'tool_call' ? [{ name: part.name, arguments: part.arguments ?? null }] : [])),
  )
}

/** What an answer says in words, without its reasoning. */
export function textIn(span: Span): string {
  if (!span.outputMessages) return outputTextOf(span)
  return span.outputMessages
    .flatMap(({ parts }) => parts.flatMap(part => (part.type === 'text' || part.type === 'refusal' ? [part.text] : [])))
    .join('\n')
}

/** The tools that are called, as one text; the order of keys in their arguments says nothing. */
export function toolKey(span: Span): string {
  return callsOf(span)
    .map(({ name, arguments: given }) => `${name}(${keyOfJson(given)})`)
    .join('\n')
}

/** The same for two answers that say and call the same: ids of calls, which each answer has of its own, are left out. */
export function answerKey(span: Span): string {
  return [textIn(span).trim(), toolKey(span)].filter(text => text !== '').join('\n')
}
