/** A set of spans by their ids. */
export class SpanBits {
  readonly words: Uint32Array

  /** Room for ids up to `most`. */
  constructor(most: number) {
    this.words = new Uint32Array((most >>> 5) + 1)
  }

  add(id: number): void {
    this.words[id >>> 5]! |= 1 << (id & 31)
  }

  delete(id: number): void {
    this.words[id >>> 5]! &= ~(1 << (id & 31))
  }

  has(id: number): boolean {
    return ((this.words[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0
  }

  get size(): number {
    let n = 0
    for (const word of this.words) if (word !== 0) n += bitsOf(word)
    return n
  }

  /** Ascending. */
  forEach(found: (id: number) => void): void {
    const { words } = this
    for (let i = 0; i < words.length; i++) {
      for (let left = words[i]!; left !== 0; left &= left - 1) found(i * 32 + (31 - Math.clz32(left & -left)))
    }
  }

  /** Ascending. */
  ids(): number[] {
    const found: number[] = []
    this.forEach(id => found.push(id))
    return found
  }
}

function bitsOf(word: number): number {
  let n = word - ((word >>> 1) & 0x5555_5555)
  n = (n & 0x3333_3333) + ((n >>> 2) & 0x3333_3333)
  return (((n + (n >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24
}
