import type { ColumnFacts } from './column-facts.ts'
import type { Packed } from './packed.ts'

/**
 * Numbers of calls as they lie packed: a first question adds them up without a double for each, of which most of its time went.
 * One, two or four of them stand in a word, so that one loop over one sort of array reads all widths.
 */
export interface PackedNumbers {
  readonly words: Uint32Array
  /** Of a number: its word is the place shifted right by this, */
  readonly toWord: number
  /** and how many bits it stands above the lowest: the place, masked, times the bits of a number. */
  readonly inWord: number
  readonly bits: number
  readonly mask: number
  /** What is added to what stands there. */
  readonly shift: number
  /** 1 where all are known; else 0 stands for those that are not. */
  readonly allKnown: 0 | 1
  readonly facts: ColumnFacts
}

/** Undefined of what is wider, or counted from elsewhere. `bytes` begin a buffer that is as long as whole words. */
export function packedNumbers(packed: Packed, bytes: Uint8Array): PackedNumbers | undefined {
  const { from, width, least, holed, facts } = packed
  if (!facts?.whole || from !== 'zero' || width > 4) return undefined
  const more = { shift: least - (holed ? 1 : 0), allKnown: holed ? 0 : 1, facts } as const
  // All are the same: the word of every place is the first.
  if (width === 0) return { words: new Uint32Array(1), toWord: 31, inWord: 0, bits: 0, mask: 0, ...more }
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, Math.ceil(bytes.length / 4))
  const perWord = 4 / width
  const bits = 8 * width
  return { words, toWord: Math.log2(perWord), inWord: perWord - 1, bits, mask: -1 >>> (32 - bits), ...more }
}

/** The number at a place; NaN is unknown. */
export function numberAt(numbers: PackedNumbers, i: number): number {
  const { words, toWord, inWord, bits, mask, allKnown, shift } = numbers
  const number = ((words[i >>> toWord]! >>> ((i & inWord) * bits)) & mask) >>> 0
  return number === 0 && allKnown === 0 ? Number.NaN : number + shift
}

/** 1 for those that are known. */
export function knownIn({ words, toWord, inWord, bits, mask, allKnown }: PackedNumbers, length: number): Uint8Array {
  const known = new Uint8Array(length)
  for (let i = 0; i < length; i++) {
    known[i] = Number(((words[i >>> toWord]! >>> ((i & inWord) * bits)) & mask) !== 0) | allKnown
  }
  return known
}
