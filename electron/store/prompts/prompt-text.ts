import type { Message } from '../../../shared/domain/message.ts'
import type { Span } from '../../../shared/domain/span.ts'

/** What stands at the beginning of what a call was sent, and does not come from whoever asks. */
export interface PromptMessage {
  readonly role: string
  readonly text: string
}

const systemRoles = new Set(['system', 'developer'])

/** The system prompt of a call, all of its parts; of a call without one its first message. Undefined where that has no text. */
export function promptText({ inputMessages }: Pick<Span, 'inputMessages'>): PromptMessage | undefined {
  const messages = inputMessages ?? []
  const system = messages.filter(({ role }) => systemRoles.has(role))
  const own = system.length > 0 ? system : messages.slice(0, 1)
  const [first] = own
  const text = own.map(textOf).join('\n\n')
  return first === undefined || text.trim() === '' ? undefined : { role: first.role, text }
}

/** Texts of what a call was asked beside its prompt: the messages of whoever asks, tools and answers left out. */
export function askedTexts({ inputMessages }: Pick<Span, 'inputMessages'>): string[] {
  const messages = inputMessages ?? []
  const isPrompted = messages.some(({ role }) => systemRoles.has(role))
  return messages.slice(isPrompted ? 0 : 1).flatMap(message => (message.role === 'user' ? textOf(message) : []))
}

export function textOf({ parts }: Message): string {
  return parts.flatMap(part => (part.type === 'text' ? part.text : [])).join('\n\n')
}
