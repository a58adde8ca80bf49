import type { RawSpan } from '../domain/raw-span.ts'
import { forEachBit, halvesOf, joinHalves, mostBits, type BitHalves } from './bits.ts'
import type { Convention } from './convention.ts'

export interface Speakers {
  /** Bit set by index in the list given to findSpeakers. */
  readonly bits: number
  /** In the order they are asked. */
  readonly speakers: readonly Convention[]
  /** One of them has a further condition. */
  readonly unsure: boolean
}

export interface SpeakerFinder {
  of(span: RawSpan): Speakers
  /** Whether a convention has an attribute of this name for its own. */
  knows(name: string): boolean
}

/** Names remembered, so that a dump with a million different ones stays small. */
const mostNames = 20_000

/**
 * Compiles the names and prefixes of all conventions into one walk over a span's names. Producers repeat theirs, so
 * each is compared with the prefixes once and then looked up.
 */
export function findSpeakers(conventions: readonly Convention[]): SpeakerFinder {
  if (conventions.length > mostBits) throw new Error(`There is room for ${mostBits} conventions.`)
  const halves = conventions.map((_, place) => halvesOf(place))
  const byName = new Map<string, BitHalves>()
  const byDialect = new Map(conventions.map(({ id }, place) => [id, halves[place]!]))
  const byLetter: { prefix: string; bit: BitHalves }[][] = []
  let inEvents = none
  conventions.forEach((convention, place) => {
    const bit = halves[place]!
    if (convention.inEvents) inEvents = union(inEvents, bit)
    for (const name of convention.names ?? []) byName.set(name, union(byName.get(name) ?? none, bit))
    for (const prefix of convention.prefixes) (byLetter[prefix.charCodeAt(0)] ??= []).push({ prefix, bit })
  })
  const ordered = new Map<number, Speakers>()

  const compare = (name: string): BitHalves => {
    let bits = byName.get(name) ?? none
    for (const { prefix, bit } of byLetter[name.charCodeAt(0)] ?? []) {
      if (name.startsWith(prefix)) bits = union(bits, bit)
    }
    return bits
  }
  const remembered = new Map<string, BitHalves>()
  const bitsOf = (name: string): BitHalves => {
    let bits = remembered.get(name)
    if (bits === undefined) {
      bits = compare(name)
      if (remembered.size < mostNames && name.length < 128) remembered.set(name, bits)
    }
    return bits
  }
  const choose = (bits: number): Speakers => {
    const speakers: Convention[] = []
    forEachBit(bits, place => speakers.push(conventions[place]!))
    speakers.sort((a, b) => a.precedence - b.precedence)
    return { bits, speakers, unsure: speakers.some(one => one.speaks !== undefined) }
  }

  const speakersOf = (span: RawSpan): Speakers => {
    let { low, high } = span.dialect === undefined ? none : (byDialect.get(span.dialect) ?? none)
    for (const name in span.attributes) {
      const bits = bitsOf(name)
      low |= bits.low
      high |= bits.high
    }
    for (const event of span.events) {
      const bits = bitsOf(event.name)
      low |= bits.low & inEvents.low
      high |= bits.high & inEvents.high
    }
    const said = joinHalves(low, high)
    let found = ordered.get(said)
    if (!found) ordered.set(said, (found = choose(said)))
    if (!found.unsure) return found
    let bits = said
    conventions.forEach((convention, place) => {
      const has = halves[place]!
      if (((low & has.low) | (high & has.high)) !== 0 && convention.speaks?.(span) === false) bits -= 2 ** place
    })
    if (bits === said) return found
    let chosen = ordered.get(bits)
    if (!chosen) ordered.set(bits, (chosen = choose(bits)))
    return chosen
  }
  const knows = (name: string): boolean => {
    const { low, high } = bitsOf(name)
    return (low | high) !== 0
  }
  return { of: speakersOf, knows }
}

const none: BitHalves = { low: 0, high: 0 }

function union(a: BitHalves, b: BitHalves): BitHalves {
  return { low: (a.low | b.low) >>> 0, high: a.high | b.high }
}
