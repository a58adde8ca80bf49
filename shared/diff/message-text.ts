import type { JsonValue } from '../domain/json.ts'
import type { Message, Part } from '../domain/message.ts'
import { formatBytes } from '../format/numbers.ts'

/** A conversation as lines, to be laid beside another: whose turn it is on a line of its own, then what was said, whole. */
export function messagesText(messages: readonly Message[]): string {
  return messages.map(messageText).join('\n\n')
}

function messageText({ role, name, parts }: Message): string {
  const head = `── ${role}${name === undefined ? '' : ` (${name})`} ──`
  return [head, ...parts.map(partText)].join('\n')
}

function partText(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.text
    case 'reasoning':
      return `(thinks)\n${part.text}`
    case 'refusal':
      return `(refuses)\n${part.text}`
    case 'tool_call':
      // Its id differs from call to call and says nothing.
      return `(calls ${part.name})${part.arguments === undefined ? '' : `\n${valueText(part.arguments)}`}`
    case 'tool_result': {
      const head = `(${part.error ? 'failure' : 'result'}${part.name === undefined ? '' : ` of ${part.name}`})`
      return part.result === undefined ? head : `${head}\n${valueText(part.result)}`
    }
    case 'media':
      return `(${[part.name ?? part.mimeType ?? part.modality ?? 'file', mediaSize(part.data)].filter(Boolean).join(', ')})`
    case 'other':
    default:
      return valueText(part.value)
  }
}

function mediaSize(data: string | undefined): string | undefined {
  return data === undefined ? undefined : formatBytes(Math.floor((data.length * 3) / 4))
}

/** JSON on lines of its own, also where it was sent as text. */
export function valueText(value: JsonValue): string {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2)
  if (!/^\s*[[{]/.test(value) || value.length > 1_000_000) return value
  try {
    return JSON.stringify(JSON.parse(value), null, 2)
  } catch {
    return value
  }
}
