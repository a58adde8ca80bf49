import type { Attributes, AttributeValue } from '../../../shared/domain/raw-span.ts'
import { valueIn } from '../../../shared/domain/value-in.ts'
import { emptyAttributes, noAttributes, type Defer } from '../format.ts'
import { isDigits, isObject, nameOf, plainAttributes, plainValue, type Fields } from './values.ts'

/** OTLP's `[{key, value: {stringValue: …}}]`; home-made files write a plain object instead. */
export function readAttributes(written: unknown, defer: Defer): Attributes {
  if (!Array.isArray(written)) return isObject(written) ? plainAttributes(written, defer) : noAttributes
  const attributes = emptyAttributes()
  for (const pair of written as readonly unknown[]) {
    if (!isObject(pair)) continue
    const key = pair['key'] ?? pair['Key']
    if (typeof key !== 'string') continue
    attributes[nameOf(key, defer)] = readAnyValue('value' in pair ? pair['value'] : pair['Value'], defer)
  }
  return attributes
}

/** AnyValue: one of its fields, in camelCase, snake_case, or inside Go's `{"Value": {"StringValue": …}}`. `{}` is null. */
export function readAnyValue(value: unknown, defer: Defer): AttributeValue {
  if (!isObject(value)) return plainValue(value, defer)
  const text = value['stringValue']
  if (typeof text === 'string') return text.charCodeAt(0) === 0 ? defer(text) : text
  for (const key in value) {
    const read = readers[key]
    if (read) return read(valueIn(value, key), defer)
  }
  for (const _ in value) return plainValue(value, defer)
  return null
}

type ReadValue = (value: unknown, defer: Defer) => AttributeValue

const readers: { readonly [field: string]: ReadValue | undefined } = Object.assign(
  Object.create(null) as Record<string, ReadValue>,
  spellings({
    stringValue: plainValue,
    boolValue: plainValue,
    intValue: readInteger,
    doubleValue: readDouble,
    // bytes stay in the base64 they are written in
    bytesValue: plainValue,
    arrayValue: (value, defer) => {
      const values = isObject(value) ? (value['values'] ?? value['Values']) : value
      return Array.isArray(values) ? values.map(item => readAnyValue(item, defer)) : []
    },
    kvlistValue: (value, defer) =>
      readAttributes(isObject(value) ? (value['values'] ?? value['Values'] ?? []) : value, defer),
  }),
  { Value: readAnyValue } satisfies Record<string, ReadValue>,
)

function spellings(fields: Record<string, ReadValue>): Record<string, ReadValue> {
  const all: Record<string, ReadValue> = {}
  for (const [name, read] of Object.entries(fields)) {
    all[name] = read
    all[name.replace('Value', '_value')] = read
    all[name[0]!.toUpperCase() + name.slice(1)] = read
  }
  return all
}

/** 64-bit integers come as text or number; past 2^53 they stay exact. */
export function readInteger(value: unknown): AttributeValue {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  // Below 10^15 a double is exact.
  if (typeof value === 'string' && isDigits(value, 15)) return Number(value)
  if (typeof value !== 'string' || !/^[+-]?\d{1,40}$/.test(value)) return plainValue(value, text => text)
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : BigInt(value)
}

export function readDouble(value: unknown, defer: Defer): AttributeValue {
  if (typeof value === 'string' && value.trim() !== '' && value.length < 40) {
    const number = Number(value)
    if (!Number.isNaN(number) || value === 'NaN') return number
  }
  return plainValue(value, defer)
}

/** A field under its camelCase or snake_case name. */
export function field(object: Fields, camel: string, snake: string): unknown {
  const value = object[camel]
  return value === undefined ? object[snake] : value
}
