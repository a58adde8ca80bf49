import type { OriginOf } from '../conventions/origins.ts'
import { asWord } from '../conventions/values.ts'
import type { Message, Part } from '../domain/message.ts'
import type { Notes } from './types.ts'

/**
 * Ollama and Gemini know a tool's result by the tool's name; others join it to its call by an id. Calls that have none get
 * one, and a result that of the first call of its tool that is without a result.
 */
export function pairCalls(
  messages: readonly Message[],
  originOf: OriginOf,
  notes: Notes,
): { readonly messages: readonly Message[]; readonly originOf: OriginOf } {
  const origins = new Map<object, object>()
  const waiting: { readonly id: string; readonly name: string }[] = []
  let made = 0
  const copy = (part: Part, changed: Part): Part => {
    origins.set(changed, part)
    return changed
  }
  const idOfResult = (name: string | undefined): { id?: string } => {
    const at = waiting.findIndex(call => name === undefined || call.name === name)
    return at < 0 ? {} : { id: waiting.splice(at, 1)[0]!.id }
  }
  const paired = messages.map(message => {
    const name = asWord(originOf(message)?.['tool_name'] ?? undefined) ?? message.name
    const parts = message.parts.map(part => {
      if (part.type === 'tool_call' && part.id === undefined) {
        const id = `call_${++made}`
        waiting.push({ id, name: part.name })
        return copy(part, { ...part, id })
      }
      if (part.type === 'tool_result' && part.id === undefined) return copy(part, { ...part, ...idOfResult(part.name) })
      if (part.type === 'text' && message.role === 'tool') {
        const named = name === undefined ? {} : { name }
        return { type: 'tool_result', ...named, result: part.text, ...idOfResult(name) } satisfies Part
      }
      return part
    })
    const whole = { ...message, parts }
    origins.set(whole, message)
    return whole
  })
  if (made === 0) return { messages, originOf }
  notes.add('rebuilt', 'messages', `${made} ids that join calls and results, which the log does not need`)
  return { messages: paired, originOf: read => originOf(origins.get(read) ?? read) }
}
