import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Attributes, AttributeValue, DeferredText } from '../domain/raw-span.ts'
import { deepest, parseJson } from './json-text.ts'

// Attribute values as conventions want them. Every reader answers undefined where the value is of another sort.

export type Written = AttributeValue | undefined

export function isDeferred(value: unknown): value is DeferredText {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { deferred?: unknown }).deferred === true &&
    typeof (value as { read?: unknown }).read === 'function'
  )
}

/** Any text, the empty one too. Reads a deferred one. */
export function asText(value: Written): string | undefined {
  if (typeof value === 'string') return value
  return isDeferred(value) ? value.read() : undefined
}

/** A text that is not empty. */
export function asWord(value: Written): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A name or a label: text that is not blank, or a number as the file wrote it. */
export function asLabel(value: Written): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  const text = asText(value)
  return text === undefined || text.trim() === '' ? undefined : text
}

/** The first of these names that has a label; `from` says which. */
export function firstLabel(
  attributes: Attributes,
  names: readonly string[],
): { value: string; from: string } | undefined {
  for (const from of names) {
    const value = asLabel(attributes[from])
    if (value !== undefined) return { value, from }
  }
  return undefined
}

/** A finite number, or one spelled as text. */
export function asNumber(value: Written): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'string' || value.length > 64 || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

export function asBoolean(value: Written): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return undefined
  const word = value.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

/** A structure: as it is, or spelled as JSON text. */
export function asStructure(value: Written): JsonValue | undefined {
  const text = asText(value)
  if (text !== undefined) return parseJson(text)
  return typeof value === 'object' && value !== null ? toJson(value) : undefined
}

export function asObject(value: Written): JsonObject | undefined {
  const found = asStructure(value)
  return isObject(found) ? found : undefined
}

export function asList(value: Written): readonly JsonValue[] | undefined {
  const found = asStructure(value)
  return isList(found) ? found : undefined
}

/** A structure where there is one (JSON text is read), else the plain value. */
export function asJson(value: Written): JsonValue | undefined {
  if (value === undefined) return undefined
  return asStructure(value) ?? toJson(value)
}

/** A list of labels: a list, a JSON list, or one word. Numbers count as written; anything else in the list is left out. */
export function asLabels(value: Written): readonly string[] | undefined {
  const list = asList(value)
  if (list) return list.flatMap(item => asLabel(item) ?? [])
  const label = asLabel(value)
  return label === undefined ? undefined : [label]
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** The items of a list; none of anything else. */
export function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isList(value) ? value : []
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as JSON: deferred texts read, integers past 2^53 as decimal text, numbers JSON has no word for as text. */
export function toJson(value: AttributeValue, levels = deepest): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return value.toString()
    default:
  }
  if (typeof value !== 'object' || value === null) return null
  if (isDeferred(value)) return value.read()
  if (levels === 0) return '…'
  if (Array.isArray(value)) return value.map((item: AttributeValue) => toJson(item, levels - 1))
  const object = emptyObject()
  for (const [name, item] of Object.entries(value as Attributes)) object[name] = toJson(item, levels - 1)
  return object
}

/** The attributes and one more. */
export function withOwn(attributes: Attributes, name: string, value: AttributeValue): Attributes {
  const all = Object.assign(Object.create(null) as Record<string, AttributeValue>, attributes)
  all[name] = value
  return all
}

/** Without a prototype: its names come from files. */
export function emptyObject(): Record<string, JsonValue> {
  return Object.create(null) as Record<string, JsonValue>
}

export function attributesToJson(attributes: Attributes): JsonObject {
  return toJson(attributes) as JsonObject
}

/** The object itself without the keys that have no value; undefined when none is left. */
export function present<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T | undefined {
  let any = false
  const kept: Partial<T> = {}
  for (const key of Object.keys(fields) as (keyof T)[]) {
    const value = fields[key]
    if (value === undefined) continue
    kept[key] = value
    any = true
  }
  return any ? (kept as T) : undefined
}

/** What stands at a path inside a structure. No text is read on the way, so facts may ask. */
export function inside(value: Written, ...path: readonly string[]): Written {
  let found: Written = value
  for (const name of path) {
    if (typeof found !== 'object' || found === null || Array.isArray(found) || isDeferred(found)) return undefined
    found = Object.hasOwn(found, name) ? (found as Attributes)[name] : undefined
  }
  return found
}
