import type { Attributes, AttributeValue } from '../../domain/raw-span.ts'
import { asWord, isDeferred, type Written } from '../values.ts'

// A provider's body as it stands in a span: long texts may be deferred. JSON is a body too.

export type Body = Attributes

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isDeferred(value)
}

export function isItems(value: unknown): value is readonly AttributeValue[] {
  return Array.isArray(value)
}

export function objectIn(body: Body | undefined, name: string): Body | undefined {
  const value = body?.[name]
  return isBody(value) ? value : undefined
}

export function listIn(body: Body | undefined, name: string): readonly AttributeValue[] | undefined {
  const value = body?.[name]
  return isItems(value) ? value : undefined
}

/** The first item of a list, where it is an object. */
export function firstIn(body: Body | undefined, name: string): Body | undefined {
  const item = listIn(body, name)?.[0]
  return isBody(item) ? item : undefined
}

/** A short text; a deferred one is none: facts are never that long. */
export function wordIn(body: Body | undefined, name: string): string | undefined {
  return asWord(body?.[name])
}

/** A short text or a number, as text. */
export function labelOf(value: Written): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** The first of these names that is there and not null. */
export function oneOf(body: Body | undefined, ...names: string[]): Written {
  if (body === undefined) return undefined
  for (const name of names) {
    const value = body[name]
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** Whether a list of messages stands under this name: objects with a role. */
export function hasMessages(body: Body, name: string): boolean {
  const first = firstIn(body, name)
  return first !== undefined && typeof first['role'] === 'string'
}
