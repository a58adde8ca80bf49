import type { Message, Part } from '../../../shared/domain/message.ts'

export type ToolCall = Extract<Part, { type: 'tool_call' }>
export type ToolResult = Extract<Part, { type: 'tool_result' }>

/** A part, and for a tool call the result that a later message gave. */
export interface JoinedPart {
  readonly part: Part
  readonly result?: ToolResult
  /** The place of the message that gave the result. */
  readonly resultFrom?: number
}

export interface JoinedMessage {
  readonly message: Message
  /** Its place in the list that was given. */
  readonly index: number
  readonly parts: readonly JoinedPart[]
}

/**
 * Puts each tool result under its call, by id. A message whose results all found their calls is left out: its content
 * stands there. A result without a call, and the second of two results of one call, stay where they are.
 */
export function joinToolResults(messages: readonly Message[]): JoinedMessage[] {
  const results = new Map<string, { readonly part: ToolResult; readonly from: number }>()
  const calls = new Set<string>()
  for (const [from, { parts }] of messages.entries()) {
    for (const part of parts) {
      if (part.type === 'tool_call' && part.id !== undefined) calls.add(part.id)
      if (part.type === 'tool_result' && part.id !== undefined && calls.has(part.id) && !results.has(part.id)) {
        results.set(part.id, { part, from })
      }
    }
  }
  const joined: JoinedMessage[] = []
  const used = new Set<ToolResult>()
  for (const [index, message] of messages.entries()) {
    const parts: JoinedPart[] = []
    let moved = 0
    for (const part of message.parts) {
      if (part.type === 'tool_result' && used.has(part)) {
        moved++
        continue
      }
      const result = part.type === 'tool_call' && part.id !== undefined ? results.get(part.id) : undefined
      if (result && !used.has(result.part)) {
        used.add(result.part)
        parts.push({ part, result: result.part, resultFrom: result.from })
      } else parts.push({ part })
    }
    if (parts.length > 0 || moved === 0) joined.push({ message, index, parts })
  }
  return joined
}
