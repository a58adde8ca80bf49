import type { JsonValue } from '../domain/json.ts'
import type { Message, Part } from '../domain/message.ts'

/**
 * What a message says, whoever wrote it down: two that say the same have the same text here. The answer of one call and
 * the message that the next call sends back differ in spelling only (finish reasons, ids, arguments as text or as JSON,
 * names, reasoning that is not sent back), so these do not count.
 */
export function contentOf({ role, parts }: Message): string {
  const said: string[] = [roleOf(role)]
  let before: Part['type'] | undefined
  for (const part of parts) {
    if (part.type === 'reasoning') continue
    // A text in one piece or in several.
    if (part.type === 'text' && before === 'text') said[said.length - 1] += `\n${part.text.trim()}`
    else said.push(contentOfPart(part))
    before = part.type
  }
  return said.join('\u0000')
}

/** Instructions come first in every call, and may name the time of day: they are compared by themselves. */
export function isInstruction(role: string): boolean {
  return role === 'system' || role === 'developer'
}

function contentOfPart(part: Exclude<Part, { type: 'reasoning' }>): string {
  switch (part.type) {
    case 'text':
      return `text ${part.text.trim()}`
    case 'tool_call':
      return `call ${part.name} ${json(part.arguments)}`
    case 'tool_result':
      return `result ${json(part.result)}`
    case 'media':
      return `media ${part.data ?? part.uri ?? part.fileId ?? ''}`
    case 'refusal':
      return `refusal ${part.text.trim()}`
    case 'other':
    default:
      return `other ${json(part.value)}`
  }
}

function roleOf(role: string): string {
  if (isInstruction(role)) return 'system'
  if (role === 'model' || role === 'ai') return 'assistant'
  if (role === 'human') return 'user'
  return role === 'function' ? 'tool' : role
}

/** Longest text that is tried as JSON. */
const longest = 200_000

function json(value: JsonValue | undefined): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null)
  if (value.length > longest || !/^\s*[[{]/.test(value)) return value.trim()
  try {
    return JSON.stringify(JSON.parse(value))
  } catch {
    return value.trim()
  }
}
