import type { JsonValue } from '../../shared/domain/json.ts'
import type { Span } from '../../shared/domain/span.ts'

/** The span without attributes that have more characters than this: what they hold mostly stands in its messages too. */
export function holdBack(span: Span, most: number): Span {
  const kept: [string, JsonValue][] = []
  const held: [string, number][] = []
  for (const [name, value] of Object.entries(span.attributes)) {
    const size = sizeOf(value, most)
    if (size > most) held.push([name, size])
    else kept.push([name, value])
  }
  if (held.length === 0) return span
  return {
    ...span,
    attributes: Object.fromEntries(kept),
    attributesHeldBack: Object.fromEntries(held),
  }
}

/** Characters, about; does not look on where there are many more than `most`. */
function sizeOf(value: JsonValue, most: number): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 8
  let size = 2
  for (const [key, member] of Object.entries<JsonValue>(value)) {
    size += (Array.isArray(value) ? 2 : key.length + 4) + sizeOf(member, most)
    if (size > 16 * most) break
  }
  return size
}
