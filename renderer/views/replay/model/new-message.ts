import type { JsonObject } from '../../../../shared/domain/json.ts'
import type { DialectId } from '../../../../shared/replay/types.ts'

/** An empty message of the person who asks, in the words of a dialect. */
export function newMessage(dialect: DialectId): JsonObject {
  return dialect === 'gemini' ? { role: 'user', parts: [{ text: '' }] } : { role: 'user', content: '' }
}
