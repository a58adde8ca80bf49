import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { findWasm } from '../../wasm/locate.ts'

// Node's types leave WebAssembly to the DOM's.
interface WasmGlobal {
  readonly value: number
}
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

interface WordsExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly used: WasmGlobal
  readonly lines: WasmGlobal
  readonly count: WasmGlobal
  start(key: bigint, odd: bigint): void
  placeBytes(length: number): number
  placeEnds(texts: number): number
  add(first: number, texts: number): void
  close(): void
  clear(): void
}

/** Of a line of wasm/words.ts, in words of four bytes. */
const line = 16
const [lengthAt, lettersAt, textsAt, postingsAt, usedAt] = [1, 2, 8, 12, 13] as const
const longestShort = 24

/** A word and its postings: where they stand in `bytes`, until more texts are added. */
export interface Word {
  readonly from: number
  readonly length: number
  /** How many texts have it. */
  readonly texts: number
  readonly at: number
  readonly used: number
}

/** Words are sorted as 32 bits of their beginning and 20 of their number. */
const mostSorted = 1 << 20

/** Gathers the words of texts whose numbers ascend, and where they stand. */
export class WordPostings {
  private readonly wasm: WordsExports
  private view = new Uint8Array()

  constructor() {
    const abort = (): never => {
      throw new Error('Gathering words stopped.')
    }
    const module = new WebAssembly.Module(readFileSync(findWasm('words')))
    this.wasm = new WebAssembly.Instance(module, { env: { abort } }).exports as WordsExports
    const key = randomBytes(16)
    this.wasm.start(key.readBigUInt64LE(0), key.readBigUInt64LE(8))
  }

  /** Bytes of memory in use: past some it is time to write. */
  get size(): number {
    return this.wasm.used.value >>> 0
  }

  get count(): number {
    return this.wasm.count.value
  }

  /** Where words and postings stand. */
  get bytes(): Uint8Array {
    const { buffer } = this.wasm.memory
    return this.view.buffer === buffer ? this.view : (this.view = new Uint8Array(buffer))
  }

  /** Texts in UTF-8, one after another, and where each ends. */
  add(first: number, words: Uint8Array, ends: Uint32Array): void {
    const { wasm } = this
    const [at, endsAt] = [wasm.placeBytes(words.length) >>> 0, wasm.placeEnds(ends.length) >>> 0]
    this.bytes.set(words, at)
    new Uint32Array(wasm.memory.buffer, endsAt, ends.length).set(ends)
    wasm.add(first, ends.length)
  }

  /** Makes the postings whole; they may move. */
  close(): void {
    this.wasm.close()
  }

  /** All words in the order of their bytes, once closed. */
  *sorted(): Generator<Word> {
    const words = new Uint32Array(this.wasm.memory.buffer, this.wasm.lines.value >>> 0, this.count * line)
    for (const number of this.order(words)) {
      const at = number * line
      yield {
        from: this.lettersOf(words, number),
        length: words[at + lengthAt]!,
        texts: words[at + textsAt]!,
        at: words[at + postingsAt]!,
        used: words[at + usedAt]!,
      }
    }
  }

  clear(): void {
    this.wasm.clear()
  }

  private lettersOf(words: Uint32Array, number: number): number {
    const at = number * line
    return words[at + lengthAt]! > longestShort ? words[at + lettersAt]! : words.byteOffset + 4 * (at + lettersAt)
  }

  /** Numbers of words by their first four bytes, sorted as plain numbers; words that begin alike are compared. */
  private order(words: Uint32Array): Uint32Array {
    const { bytes, count } = this
    const compare = (a: number, b: number): number => {
      const [from, other] = [this.lettersOf(words, a), this.lettersOf(words, b)]
      const [length, otherLength] = [words[a * line + lengthAt]!, words[b * line + lengthAt]!]
      for (let i = 0; i < length && i < otherLength; i++) {
        const difference = bytes[from + i]! - bytes[other + i]!
        if (difference !== 0) return difference
      }
      return length - otherLength
    }
    if (count > mostSorted) return Uint32Array.from({ length: count }, (_, number) => number).sort(compare)
    const keys = new Float64Array(count)
    for (let number = 0; number < count; number++) {
      const from = this.lettersOf(words, number)
      const start = bytes[from]! * 0x100_0000 + ((bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!)
      keys[number] = start * mostSorted + number
    }
    keys.sort()
    const order = Uint32Array.from(keys, key => key % mostSorted)
    for (let from = 0; from < count;) {
      const start = Math.floor(keys[from]! / mostSorted)
      let to = from + 1
      while (to < count && Math.floor(keys[to]! / mostSorted) === start) to++
      if (to - from > 1) order.subarray(from, to).sort(compare)
      from = to
    }
    return order
  }
}
