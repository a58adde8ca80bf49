import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { Region, Scanner } from './scan/scanner.ts'
import { textGate } from './text-gate.ts'

export interface BodySeed {
  readonly bodyIds: Uint32Array
  /** SHA-256 of each, first 16 bytes. */
  readonly bodyHashes: Uint8Array
  readonly nextBody: number
}

export interface NewBodies {
  readonly firstBody: number
  readonly bodies: Uint8Array
  readonly bodyEnds: Uint32Array
  readonly bodyHashes: Uint8Array
}

/** Gives every distinct text one body id, the one the store has if it has it. */
export class Bodies {
  private readonly scanner: Scanner
  private readonly region: Region
  private used = 0
  private readonly ends: number[] = []
  private next: number
  private first: number
  /** Four words of hash for each known body; `slots` finds them by the first word. */
  private hashes: Uint32Array
  private ids: Uint32Array
  private count = 0
  private slots: Int32Array
  /** Of the hash at hand. */
  private readonly words = new Uint32Array(4)
  /** Bodies that hold half a surrogate pair, an escape that JSON does not know, or what stands for bytes that are no UTF-8. */
  readonly repaired = new Set<number>()

  constructor(scanner: Scanner, seed: BodySeed) {
    this.scanner = scanner
    this.region = scanner.region(8 << 20)
    this.first = this.next = seed.nextBody
    const capacity = Math.max(4096, Math.ceil(seed.bodyIds.length * 1.5))
    this.hashes = new Uint32Array(capacity * 4)
    this.ids = new Uint32Array(capacity)
    this.slots = new Int32Array(4096).fill(-1)
    scanner.expectBody(seed.nextBody + 4096)
    const words = new Uint32Array(4)
    const bytes = new Uint8Array(words.buffer)
    for (let i = 0; i < seed.bodyIds.length; i++) {
      bytes.set(seed.bodyHashes.subarray(i * 16, i * 16 + 16))
      this.add(words, seed.bodyIds[i]!)
    }
  }

  /**
   * The body of an element of the scan: decoded, passed through the gate and hashed unless its raw text is known.
   */
  bodyOfElem(elem: number): number {
    const { scanner, region } = this
    const { at, length, raw, plain } = scanner.elemFields(elem)
    const known = scanner.bodyOfRaw(raw)
    if (known !== 0) return known
    const [decoded, flaws] = this.decode(at, length, plain)
    const start = region.at + this.used
    let end = decoded
    const changed = textGate(scanner.bytes, start, end, false)
    if (changed) {
      scanner.grow(region, this.used + changed.length + 64, this.used)
      end = region.at + this.used + changed.copy(scanner.bytes, region.at + this.used)
    }
    const text = scanner.bytes.subarray(region.at + this.used, end)
    const { words } = this
    takeWords(words, hash('sha256', text, 'binary'))
    let id = this.find(words)
    if (id === 0) {
      id = this.next++
      this.add(words, id)
      this.used += text.length
      this.ends.push(this.used)
      scanner.expectBody(id)
    }
    if (flaws !== 0) this.repaired.add(id)
    scanner.setBodyOfRaw(raw, id)
    return id
  }

  /** The text of an element, decoded now. Works for any element of the current scan. */
  textOfElem(elem: number): Buffer {
    const { scanner, region } = this
    const { at, length, plain } = scanner.elemFields(elem)
    const [end] = this.decode(at, length, plain)
    const start = region.at + this.used
    const changed = textGate(scanner.bytes, start, end, false)
    return changed ?? Buffer.from(scanner.bytes.subarray(start, end))
  }

  /** Puts the text of an element after the bodies: where it ends, and the flaws of scan/wasm/unescape.ts. */
  private decode(at: number, length: number, plain: boolean): [end: number, flaws: number] {
    const { scanner, region } = this
    scanner.grow(region, this.used + length * (plain ? 3 : 1) + 64, this.used)
    const start = region.at + this.used
    if (!plain) return [scanner.exports.unescape(at, length, start) >>> 0, scanner.exports.flaws.value]
    const text = scanner.bytes.subarray(at, at + length)
    if (isUtf8(text)) return [start + text.copy(scanner.bytes, start), 0]
    return [start + scanner.bytes.write(text.toString(), start), 1]
  }

  get bytes(): number {
    return this.used
  }

  /** The bodies that are new since the last call. */
  take(): NewBodies {
    const { scanner, region, first } = this
    const bodies = new Uint8Array(scanner.bytes.subarray(region.at, region.at + this.used))
    const bodyEnds = Uint32Array.from(this.ends)
    const from = (this.count - this.ends.length) * 4
    const words = this.hashes.slice(from, from + this.ends.length * 4)
    this.used = 0
    this.ends.length = 0
    this.first = this.next
    return { firstBody: first, bodies, bodyEnds, bodyHashes: new Uint8Array(words.buffer) }
  }

  private find(words: Uint32Array): number {
    const { hashes, slots } = this
    const mask = slots.length - 1
    for (let slot = words[0]! & mask; ; slot = (slot + 1) & mask) {
      const row = slots[slot]!
      if (row < 0) return 0
      const at = row * 4
      if (
        hashes[at] === words[0] &&
        hashes[at + 1] === words[1] &&
        hashes[at + 2] === words[2] &&
        hashes[at + 3] === words[3]
      )
        return this.ids[row]!
    }
  }

  private add(words: Uint32Array, id: number): void {
    if (this.count === this.ids.length) {
      const wider = Math.ceil(this.count * 1.7)
      this.hashes = widen(this.hashes, wider * 4)
      this.ids = widen(this.ids, wider)
    }
    if (this.count * 2 >= this.slots.length) {
      this.slots = new Int32Array(this.slots.length * 2).fill(-1)
      for (let row = 0; row < this.count; row++) this.place(row)
    }
    this.hashes.set(words, this.count * 4)
    this.ids[this.count] = id
    this.place(this.count++)
  }

  private place(row: number): void {
    const mask = this.slots.length - 1
    let slot = this.hashes[row * 4]! & mask
    while (this.slots[slot]! >= 0) slot = (slot + 1) & mask
    this.slots[slot] = row
  }
}

/** A digest comes as a string of its bytes: as a buffer it takes a microsecond more, which is as long as hashing. */
function takeWords(words: Uint32Array, digest: string): void {
  for (let i = 0, at = 0; i < 4; i++, at += 4) {
    words[i] =
      digest.charCodeAt(at) |
      (digest.charCodeAt(at + 1) << 8) |
      (digest.charCodeAt(at + 2) << 16) |
      (digest.charCodeAt(at + 3) << 24)
  }
}

function widen(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(length)
  wider.set(array)
  return wider
}
