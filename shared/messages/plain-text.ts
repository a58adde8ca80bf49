import type { Message } from '../domain/message.ts'

/** A message as plain text: its texts, and everything else as JSON. */
export function plainTextOf(message: Message): string {
  return message.parts
    .map(part => {
      if (part.type === 'text' || part.type === 'reasoning' || part.type === 'refusal') return part.text
      return JSON.stringify(part, null, 2)
    })
    .join('\n\n')
}
