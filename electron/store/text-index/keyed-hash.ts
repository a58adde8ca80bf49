import { randomFillSync } from 'node:crypto'

/** Bytes that are hashed where they were written; longer texts get room of their own. */
const room = 1 << 18

/**
 * HalfSipHash-1-3 with 64 bits and a random key (https://github.com/veorq/SipHash): who does not know the key cannot make two
 * texts look alike. A quarter of the time of SHA-256 for a message.
 */
export class KeyedHash {
  /** The last hash. */
  low = 0
  high = 0
  private readonly key = randomFillSync(new Int32Array(2))
  private readonly bytes = Buffer.from(new ArrayBuffer(room))
  private readonly words = new Int32Array(this.bytes.buffer)

  /** Of a text; half a pair is told from every other character. */
  ofText(text: string): void {
    // Three bytes a unit at most.
    if (3 * text.length + 8 > room || !text.isWellFormed()) {
      const units = new Int32Array((text.length >> 1) + 1)
      for (let i = 0; i < text.length; i++) units[i >> 1]! |= text.charCodeAt(i) << ((i & 1) * 16)
      this.mix(units, text.length >> 1, (units[text.length >> 1]! & 0xffff) ^ (text.length << 16) ^ -1)
      return
    }
    const length = this.bytes.write(text)
    this.bytes.writeInt32LE(0, length)
    const end = length >> 2
    this.mix(this.words, end, (this.words[end]! & 0xff_ffff) | (length << 24))
  }

  /** Of so many words and a last one. */
  private mix(words: Int32Array, count: number, last: number): void {
    const [k0, k1] = [this.key[0]!, this.key[1]!]
    let [v0, v1, v2, v3] = [k0, k1 ^ 0xee, k0 ^ 0x6c79_6765, k1 ^ 0x7465_6462]
    for (let i = 0; i < count + 4; i++) {
      const word = i < count ? words[i]! : i === count ? last : 0
      // Three rounds follow the last word.
      if (i === count + 1) v2 ^= 0xee
      v3 ^= word
      v0 = (v0 + v1) | 0
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
      v0 = (v0 << 16) | (v0 >>> 16)
      v2 = (v2 + v3) | 0
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
      v0 = (v0 + v3) | 0
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
      v2 = (v2 + v1) | 0
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
      v2 = (v2 << 16) | (v2 >>> 16)
      v0 ^= word
    }
    this.low = (v1 ^ v3) >>> 0
    this.high = (v0 ^ v2) >>> 0
  }
}
