import type { RawSpan } from '../domain/raw-span.ts'
import type { Convention } from './convention.ts'

export interface Speakers {
  /** Bit set by index in the list given to findSpeakers. */
  readonly bits: number
  /** In the order they are asked. */
  readonly speakers: readonly Convention[]
}

/** Names remembered, so that a dump with a million different ones stays small. */
const mostNames = 20_000

/**
 * Compiles the names and prefixes of all conventions into one walk over a span's names. Producers repeat theirs, so
 * each is compared with the prefixes once and then looked up.
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

  const compare = (name: string): number => {
    let bits = byName.get(name) ?? 0
    for (const { prefix, bit } of byLetter[name.charCodeAt(0)] ?? []) if (name.startsWith(prefix)) bits |= bit
    return bits
  }
  const remembered = new Map<string, number>()
  const bitsOf = (name: string): number => {
    let bits = remembered.get(name)
    if (bits === undefined) {
      bits = compare(name)
      if (remembered.size < mostNames && name.length < 128) remembered.set(name, bits)
    }
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
