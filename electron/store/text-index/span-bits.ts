/** A set of spans by their ids, or of texts by their numbers. */
export class SpanBits {
  words: Uint32Array

  /** Room for ids up to `most`. */
  constructor(most: number) {
    this.words = new Uint32Array((most >>> 5) + 1)
  }

  /** Makes room for ids up to `most`. */
  widen(most: number): void {
    if (most >>> 5 < this.words.length) return
    const wider = new Uint32Array(Math.max((most >>> 5) + 1, this.words.length * 2))
    wider.set(this.words)
    this.words = wider
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
    return Array.from(this.list())
  }

  /** Ascending. */
  list(): Uint32Array {
    const found = new Uint32Array(this.size)
    let n = 0
    this.forEach(id => (found[n++] = id))
    return found
  }

  /** Keeps what is in the other set too. */
  keep({ words }: SpanBits): void {
    const own = this.words
    for (let i = 0; i < own.length; i++) own[i]! &= words[i] ?? 0
  }
}

function bitsOf(word: number): number {
  let n = word - ((word >>> 1) & 0x5555_5555)
  n = (n & 0x3333_3333) + ((n >>> 2) & 0x3333_3333)
  return (((n + (n >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24
}
