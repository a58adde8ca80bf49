import { SpanBits } from './span-bits.ts'

// Sets of spans on their way from one process through another to a third: each writes, reads and lets go of every byte.
// Most sets are a few hundred spans among a million, whose bits take 125 KB.

const asGaps = 1
const asBits = 0
/** The first byte says how; the bits stand behind four. */
const head = 4

/** Of more spans than one in 128, writing gaps takes longer than sending bits. */
const sparse = 16

export function packBits(bits: SpanBits): Uint8Array {
  const { words } = bits
  const count = bits.size
  if (count * sparse >= words.byteLength) {
    const bytes = new Uint8Array(head + words.byteLength)
    bytes[0] = asBits
    bytes.set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength), head)
    return bytes
  }
  const bytes = new Uint8Array(1 + 5 * (count + 1))
  let at = 0
  bytes[at++] = asGaps
  // Ids are below 2^31: a bit of a set each.
  const put = (number: number): void => {
    let left = number
    for (; left > 127; left >>>= 7) bytes[at++] = (left & 127) | 128
    bytes[at++] = left
  }
  put(words.length)
  let last = 0
  for (let i = 0; i < words.length; i++) {
    for (let left = words[i]!; left !== 0; left &= left - 1) {
      const id = i * 32 + (31 - Math.clz32(left & -left))
      if (id - last < 128) bytes[at++] = id - last
      else put(id - last)
      last = id
    }
  }
  return bytes.slice(0, at)
}

export function unpackBits(bytes: Uint8Array): SpanBits {
  const bits = new SpanBits(0)
  if (bytes[0] !== asGaps) {
    bits.words = new Uint32Array(bytes.slice(head).buffer)
    return bits
  }
  let at = 1
  const take = (): number => {
    let number = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]!
      number += (byte & 127) * scale
      if (byte < 128) return number
    }
  }
  const words = new Uint32Array(take())
  for (let id = 0; at < bytes.length;) {
    id += take()
    words[id >>> 5]! |= 1 << (id & 31)
  }
  bits.words = words
  return bits
}
