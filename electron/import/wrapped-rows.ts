import type { JsonObject, JsonValue } from '../../shared/domain/json.ts'

/** What answers of APIs and exports call the list of what they hold. */
const names = ['data', 'rows', 'records', 'items', 'results', 'entries', 'logs', 'events', 'calls', 'requests', 'hits']

/**
 * The rows of an object that only stands around them: `{"data": [rows], "page": 1}`. Undefined for an object that may be a
 * row itself: what else it has must be small, and about the list.
 */
export function rowsIn(record: JsonObject): readonly JsonObject[] | undefined {
  for (const name of names) {
    const list = record[name]
    if (!isRows(list)) continue
    return Object.keys(record).every(key => key === name || isAside(record[key]!)) ? list : undefined
  }
  return undefined
}

function isRows(value: JsonValue | undefined): value is readonly JsonObject[] {
  if (!Array.isArray(value) || value.length === 0) return false
  return value.every(item => typeof item === 'object' && item !== null && !Array.isArray(item))
}

const mostAsides = 10

/** A number, a word, or a few of them: a page, a cursor, a count. Not a text that was cut out for its length. */
function isAside(value: JsonValue, isInside = false): boolean {
  if (typeof value === 'string') return value.charCodeAt(0) !== 0
  if (typeof value !== 'object' || value === null) return true
  if (isInside || Array.isArray(value)) return false
  const items = Object.values(value)
  return items.length <= mostAsides && items.every(item => isAside(item, true))
}
