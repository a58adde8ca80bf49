import { isList } from '../conventions/values.ts'
import type { JsonValue } from '../domain/json.ts'
import type { Message, Part } from '../domain/message.ts'
import { dialectOf } from './dialects/index.ts'
import { Notes, type DialectId } from './types.ts'

type ToolCall = Extract<Part, { type: 'tool_call' }>

export interface NextTurns {
  /** Items for the conversation of a body: what was answered, and a result for each of its calls. */
  readonly items: readonly JsonValue[]
  readonly calls: number
  /** Calls that have no result yet: theirs is an empty text, to be written by hand. */
  readonly open: number
}

/** What comes behind a conversation when an answer that calls tools is gone on from. Tools are never run: `resultOf` knows results. */
export function nextTurns(
  answer: readonly Message[],
  resultOf: (call: ToolCall) => JsonValue | undefined,
  id: DialectId,
): NextTurns {
  const called = answer.flatMap(({ parts }) => parts.filter(part => part.type === 'tool_call'))
  const results = called.map(resultOf)
  const parts = called.map((call, i): Part => {
    const { id: callId, name } = call
    return { type: 'tool_result', ...(callId === undefined ? {} : { id: callId }), name, result: results[i] ?? '' }
  })
  const dialect = dialectOf(id)
  const body: Record<string, JsonValue> = {}
  const messages: readonly Message[] = [...answer, { role: 'tool', parts }]
  const call = {
    messages,
    tools: [],
    parameters: {},
    originOf: () => undefined,
    spokenIn: id,
    recorder: 'other',
    mixed: false,
  } as const
  if (called.length > 0) dialect.writeMessages(call, { body, notes: new Notes() })
  const items = body[dialect.conversation]
  return {
    items: isList(items) ? items : [],
    calls: called.length,
    open: results.filter(result => result === undefined).length,
  }
}
