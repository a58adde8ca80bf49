import type { JsonValue } from '../domain/json.ts'
import type { Message } from '../domain/message.ts'
import type { Span } from '../domain/span.ts'
import { messagesText, valueText } from './message-text.ts'

/** What a span was given, and what it gave back. */
export interface SpanTexts {
  readonly input: string
  readonly output: string
}

/** As texts that can be laid beside others: its messages, else what its file calls input and output. */
export function textsOf(span: Span): SpanTexts {
  return {
    input: textOf(span.inputMessages, span.tool?.arguments ?? span.input ?? span.query),
    output: outputTextOf(span),
  }
}

/** The second of them alone: of a long conversation the first is nearly all of the work. */
export function outputTextOf(span: Span): string {
  return textOf(span.outputMessages, span.tool?.result ?? span.output ?? documentsOf(span))
}

function textOf(messages: readonly Message[] | undefined, value: JsonValue | undefined): string {
  if (messages && messages.length > 0) return messagesText(messages)
  return value === undefined ? '' : valueText(value)
}

function documentsOf({ documents }: Span): string | undefined {
  return documents
    ?.map(({ title, id, uri, content }) => [title ?? id ?? uri ?? '', content ?? ''].join('\n'))
    .join('\n\n')
}
