import type { JsonObject } from '../domain/json.ts'

// What a message, a part or an offered tool was read from, for whoever needs more of it than its meaning: the digits of a
// call's arguments, a cache mark, the detail of an image. Noted while somebody asks, and at no cost otherwise.

let noted: WeakMap<object, JsonObject> | undefined

/** Notes what something was read from. */
export function readFrom<T extends object | undefined>(read: T, written: JsonObject): T {
  if (noted && read) noted.set(read, written)
  return read
}

export type OriginOf = (read: object) => JsonObject | undefined

/** Does a reading, and tells what its messages, parts and tools were read from. */
export function withOrigins<T>(work: () => T): { readonly value: T; readonly originOf: OriginOf } {
  const before = noted
  const origins = (noted = new WeakMap())
  try {
    return { value: work(), originOf: read => origins.get(read) }
  } finally {
    noted = before
  }
}
