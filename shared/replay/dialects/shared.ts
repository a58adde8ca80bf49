import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Notes } from '../types.ts'

export function wordSet(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap(line => line.split(' ')))
}

/** An object of those fields that have a value. */
export function objectOf(fields: { readonly [name: string]: JsonValue | undefined }): JsonObject {
  const said = Object.entries(fields).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)
  return Object.fromEntries(said)
}

/** Whether a conversation goes out in the words in which it was logged. */
export function noteConversation(notes: Notes, field: string, isAsLogged: boolean): void {
  if (isAsLogged) notes.add('log', field, 'as it was logged')
  else notes.add('rebuilt', field, 'put together from the messages that were logged')
}
