import type { RawSpan } from '../domain/raw-span.ts'
import type { Convention } from './convention.ts'

export interface Speakers {
  /** Bit set by index in the list given to findSpeakers. */
  readonly bits: number
  /** In the order they are asked. */
  readonly speakers: readonly Convention[]
}

/**
 * Compiles the names and prefixes of all conventions into one walk over a span's names: a look into a map and at most
 * the few prefixes that share its first letter. Spans of one producer repeat their names, but the walk is cheaper than
 * remembering them.
 */
export function findSpeakers(conventions: readonly Convention[]): (span: RawSpan) => Speakers {
  const byName = new Map<string, number>()
  const byLetter: { prefix: string; bit: number }[][] = []
  let inEvents = 0
  conventions.forEach((convention, i) => {
    const bit = 1 << i
    if (convention.inEvents) inEvents |= bit
    for (const name of convention.names ?? []) byName.set(name, (byName.get(name) ?? 0) | bit)
    for (const prefix of convention.prefixes) (byLetter[prefix.charCodeAt(0)] ??= []).push({ prefix, bit })
  })
  const ordered = new Map<number, Speakers>()

  const bitsOf = (name: string): number => {
    let bits = byName.get(name) ?? 0
    const prefixes = byLetter[name.charCodeAt(0)]
    if (prefixes) for (const { prefix, bit } of prefixes) if (name.startsWith(prefix)) bits |= bit
    return bits
  }

  return span => {
    let bits = 0
    for (const name in span.attributes) bits |= bitsOf(name)
    if (span.events.length > 0) for (const event of span.events) bits |= bitsOf(event.name) & inEvents
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const i = 31 - Math.clz32(rest & -rest)
      if (conventions[i]!.speaks?.(span) === false) bits &= ~(1 << i)
    }
    let found = ordered.get(bits)
    if (!found) {
      const speakers = conventions.filter((_, i) => bits & (1 << i)).sort((a, b) => a.precedence - b.precedence)
      ordered.set(bits, (found = { bits, speakers }))
    }
    return found
  }
}
