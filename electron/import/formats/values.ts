import type { Attributes, AttributeValue, DeferredText } from '../../../shared/domain/raw-span.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { Nanoseconds } from '../../../shared/domain/units.ts'
import { normalizeId } from '../../../shared/domain/ids.ts'
import { valueIn } from '../../../shared/domain/value-in.ts'
import { emptyAttributes, type Defer } from '../format.ts'
import { rawNumber } from '../numbers.ts'

// What formats share: plain JSON as attribute values, and marks about times.

export type Fields = { readonly [key: string]: unknown }

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One to `most` decimal digits and nothing else. A loop: the expression takes twice as long, and every span has two times. */
export function isDigits(text: string, most: number): boolean {
  if (text.length === 0 || text.length > most) return false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c < 48 || c > 57) return false
  }
  return true
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Of what sort the members of a context are. */
export type ContextShape<T> = { readonly [name in keyof T]-?: 'string' | 'number' | 'boolean' | 'object' }

/**
 * What a format's reader knew of a record. It comes back from the store, and out of bundles, which anybody may write:
 * members of another sort are left out.
 */
export function contextIn<T extends object>(context: object, shape: ContextShape<T>): Partial<T> {
  const written = context as Fields
  let wrong: string[] | undefined
  for (const name in shape) {
    const value = written[name]
    if (value === undefined) continue
    const sort = valueIn(shape as Fields, name)
    const isRight = sort === 'object' ? isObject(value) : typeof value === sort
    // A reference, which is another string on every reading.
    if (!isRight || (typeof value === 'string' && value.charCodeAt(0) === 0)) (wrong ??= []).push(name)
  }
  if (!wrong) return written as Partial<T>
  return Object.fromEntries(Object.entries(written).filter(([name]) => !wrong.includes(name))) as Partial<T>
}

/** As `String` gives it; nothing of an object, which may have a `toString` that is none. */
export function printed(value: unknown): string {
  return typeof value === 'object' && value !== null ? '' : String(value)
}

/** Records are at most 200 levels deep (records.ts), so recursion here is bounded. */
export function plainValue(value: unknown, defer: Defer): AttributeValue {
  switch (typeof value) {
    case 'string':
      return value.charCodeAt(0) === 0 ? defer(value) : value
    case 'number':
    case 'boolean':
    case 'bigint':
      return value
    default:
  }
  if (typeof value !== 'object' || value === null) return null
  if (Array.isArray(value)) return value.map(item => plainValue(item, defer))
  const digits = rawNumber(value)
  if (digits !== undefined) return Number.isFinite(Number(digits)) ? Number(digits) : digits
  return plainAttributes(value as Fields, defer)
}

export function plainAttributes(object: Fields, defer: Defer): Attributes {
  const attributes = emptyAttributes()
  for (const name of Object.keys(object)) attributes[nameOf(name, defer)] = plainValue(object[name], defer)
  return attributes
}

/** Names are read at once: a deferred name could not be looked up. */
export function nameOf(name: string, defer: Defer): string {
  return name.charCodeAt(0) === 0 ? textOf(defer(name)) : name
}

export function textOf(value: string | DeferredText): string {
  return typeof value === 'string' ? value : value.read()
}

/** A text of the record, read at once; undefined for anything else. */
export function textIn(value: unknown, defer: Defer): string | undefined {
  return typeof value === 'string' ? nameOf(value, defer) : undefined
}

/** The normal form of an id of the record, however long; undefined where there is none. */
export function normalId(value: unknown, defer: Defer): string | undefined {
  return normalizeId(typeof value === 'string' ? nameOf(value, defer) : value)
}

/** '' where there is none. */
export function idOf(value: unknown, defer: Defer): string {
  return normalId(value, defer) ?? ''
}

export interface Times {
  readonly start: Nanoseconds | undefined
  readonly end: Nanoseconds | undefined
  readonly duration?: Nanoseconds | undefined
}

/** What is odd about a span's times. */
export function markTimes(marks: Mark[], { start, end, duration }: Times): void {
  if (start === undefined) marks.push('no-start')
  if (end === undefined && duration === undefined) marks.push('unfinished')
  const time = start ?? end
  if (time !== undefined && time < longAgo && isOfAnotherUnit(time)) marks.push('doubtful-time')
  const length = start !== undefined && end !== undefined ? end - start : duration
  if (length !== undefined && length < 0n) marks.push('negative-duration')
}

const longAgo = 4_102_444_800_000_000n
/** 2015 to 2100, in milliseconds. */
const ourDays = [1_420_070_400_000n, 4_102_444_800_000n] as const

/**
 * Whether nanoseconds since 1970 are of our days if they are micro- or milliseconds: somebody filled the field with another
 * unit. Not seconds: those are of the first seconds of 1970, where made-up times lie.
 */
export function isOfAnotherUnit(time: Nanoseconds): boolean {
  const [from, to] = ourDays
  return (time >= from && time < to) || (time >= from * 1000n && time < to * 1000n)
}
