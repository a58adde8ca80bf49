import { KeyedHash } from './keyed-hash.ts'

/** Texts that are remembered by themselves; longer ones by a hash. */
const longestRemembered = 300
/** Of the short texts the last so many, twice at most. */
const mostShort = 80_000
/** 12 bytes each: past so many a text that comes again is indexed again. */
const mostHashes = 1 << 23

/**
 * The numbers of texts that came before. Not all of them, for ever: a text that was forgotten gets another number, which
 * costs room and nothing else.
 */
export class TextNumbers {
  private short = new Map<string, number>()
  private older = new Map<string, number>()
  /** Two words of hash and a number for each; open addressing. */
  private slots = new Uint32Array(3 * 4096)
  private count = 0
  private readonly hash = new KeyedHash()

  /** The number of a text as it is handed on, stubs and all. */
  shortOf(text: string): number | undefined {
    if (text.length > longestRemembered) return undefined
    const found = this.short.get(text)
    if (found !== undefined) return found
    const old = this.older.get(text)
    if (old !== undefined) this.rememberShort(text, old)
    return old
  }

  rememberShort(text: string, number: number): void {
    if (text.length > longestRemembered) return
    if (this.short.size >= mostShort) {
      this.older = this.short
      this.short = new Map()
    }
    this.short.set(text, number)
  }

  /** The number of a whole text; where it is new it gets what `make` gives. */
  numberOf(text: string, make: () => number): number {
    this.hash.ofText(text)
    const { low: a, high: b } = this.hash
    if (this.count * 2 >= this.slots.length / 3) this.grow()
    const { slots } = this
    const mask = slots.length / 3 - 1
    let slot = a & mask
    for (; slots[3 * slot + 2] !== 0; slot = (slot + 1) & mask) {
      if (slots[3 * slot] === a && slots[3 * slot + 1] === b) return slots[3 * slot + 2]!
    }
    const number = make()
    slots.set([a, b, number], 3 * slot)
    this.count++
    return number
  }

  private grow(): void {
    const old = this.slots
    if (this.count >= mostHashes) {
      this.slots = new Uint32Array(old.length)
      this.count = 0
      return
    }
    this.slots = new Uint32Array(old.length * 2)
    const mask = this.slots.length / 3 - 1
    for (let i = 0; i < old.length; i += 3) {
      if (old[i + 2] === 0) continue
      let slot = old[i]! & mask
      while (this.slots[3 * slot + 2] !== 0) slot = (slot + 1) & mask
      this.slots.set(old.subarray(i, i + 3), 3 * slot)
    }
  }
}
