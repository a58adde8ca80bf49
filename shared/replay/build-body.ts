import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Dialect } from './dialects/dialect.ts'
import { writeParameters } from './parameters.ts'
import { Notes, type NeutralCall } from './types.ts'

/** A request of a dialect, made of what is known of a call. Whatever is not known is not in it. */
export function buildBody(call: NeutralCall, dialect: Dialect): { readonly body: JsonObject; readonly notes: Notes } {
  const notes = new Notes()
  const body: Record<string, JsonValue> = {}
  if (call.model === undefined) notes.lost('model', 'the log does not name the model that was asked')
  else {
    if (dialect.streamInBody) body['model'] = call.model
    if (call.isAnswering) notes.add('rebuilt', 'model', 'the one that answered: which was asked is not in the log')
    else
      notes.add(
        'log',
        'model',
        dialect.streamInBody ? 'the one that was asked' : 'the one that was asked; it stands in the address',
      )
  }
  const isAsked = call.messages.some(({ role }) => role !== 'system' && role !== 'developer')
  if (call.messages.length > 0) dialect.writeMessages(call, { body, notes })
  if (!isAsked) {
    body[dialect.conversation] ??= []
    notes.lost(
      dialect.conversation,
      call.messages.length > 0 ? 'the log holds instructions alone' : 'the log holds no messages',
    )
  }
  writeParameters(call, dialect, { body, notes })
  if (call.stream !== undefined && dialect.streamInBody) {
    body['stream'] = call.stream
    notes.add('log', 'stream', call.stream ? 'the answer was streamed' : 'the answer was not streamed')
  }
  for (const name of dialect.required) {
    if (body[name] === undefined)
      notes.lost(name, 'the provider refuses a request without it, and the log does not have it')
  }
  notePlainDefaults(call, dialect, body, notes)
  return { body, notes }
}

/** What most ask for and this log does not have: the provider decides, and nothing is made up. */
function notePlainDefaults(call: NeutralCall, dialect: Dialect, body: JsonObject, notes: Notes): void {
  const group = dialect.group === undefined ? undefined : body[dialect.group.name]
  const inGroup = (typeof group === 'object' && group !== null ? group : {}) as JsonObject
  for (const concept of ['temperature', 'topP'] as const) {
    const word = dialect.words[concept]!
    if (body[word] === undefined && inGroup[word] === undefined)
      notes.add('default', word, 'not in the log and not sent')
  }
  if (call.stream === undefined) notes.add('default', 'stream', 'not in the log and not sent')
  const choice = dialect.id === 'gemini' ? 'toolConfig' : 'tool_choice'
  if (call.tools.length > 0 && body[choice] === undefined) notes.add('default', choice, 'not in the log and not sent')
}
