import { asWord } from '../conventions/values.ts'
import type { Message, Part } from '../domain/message.ts'
import type { Dialect } from './dialects/dialect.ts'
import type { NeutralCall, Notes } from './types.ts'
import { placeOf } from './written.ts'

/**
 * The messages of a call without what another provider refuses in an answer: calls of tools that the one that was asked ran
 * itself, whose results are none of a user's turn, and pictures, which few take back.
 */
export function portable(call: NeutralCall, to: Dialect, notes: Notes): readonly Message[] {
  const takesPictures = to.id === 'gemini' || to.id === 'ollama-chat'
  return call.messages.map((message, i) => {
    if (message.role !== 'assistant' && message.role !== 'model') return message
    const field = placeOf(to.conversation, i)
    const parts = message.parts.filter(part => {
      const lost = isHosted(part, call)
        ? `${namedOf(part)}: the provider that was asked ran it itself`
        : part.type === 'media' && !takesPictures
          ? `${part.modality ?? 'a file'} in an answer: this interface takes it from users alone`
          : undefined
      if (lost !== undefined) notes.lost(field, lost)
      return lost === undefined
    })
    return parts.length === message.parts.length ? message : { ...message, parts }
  })
}

/** Anthropic's `server_tool_use` and what answers it, OpenAI's calls of web search, of code …, Gemini's code. */
function isHosted(part: Part, { originOf, spokenIn }: NeutralCall): boolean {
  if (part.type !== 'tool_call' && part.type !== 'tool_result') return false
  const type = asWord(originOf(part)?.['type']) ?? ''
  // Its own calls have no type: those of code were given one when they were read.
  if (spokenIn === 'gemini') return type !== '' && part.name === 'code_execution'
  if (spokenIn === 'anthropic') return /^(?:server|mcp)_tool_use$|^\w+_tool_result$/.test(type)
  return (
    spokenIn === 'openai-responses' &&
    /^(?:web_search|file_search|code_interpreter|image_generation|mcp)_call$/.test(type)
  )
}

function namedOf(part: Part): string {
  return 'name' in part && part.name !== undefined ? part.name : 'the result of a tool'
}
