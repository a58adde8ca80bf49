import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

/**
 * What the scan noticed about a line. `odd`: not as it would be printed. `keys`: parsing may drop or move some. `spans`: it
 * has leaves, and each is a span of an OTLP request.
 */
export const lineFlags = { deep: 1, number: 2, full: 4, lone: 8, open: 16, odd: 32, keys: 64, spans: 128 } as const

// Node's types leave WebAssembly to the DOM's.
interface WasmGlobal {
  value: number
}
interface WasmMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number }) => WasmMemory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

interface ScanExports {
  placeScratch(at: number): void
  placeRefs(at: number, cap: number): void
  placeElems(at: number, cap: number): void
  placeLines(at: number, cap: number): void
  placeLeaves(at: number, cap: number): void
  placeSkeleton(at: number, cap: number): void
  placeBodyOf(at: number): void
  placeStamps(at: number): void
  placeUsed(at: number): void
  placeMissing(at: number): void
  placeTable(at: number, bits: number): void
  growTable(at: number, bits: number): void
  setKeys(a: bigint, b: bigint): void
  reset(): void
  rewind(lines: number, refs: number, elems: number, leaves: number, skeleton: number): void
  nextBatch(): void
  scanLines(start: number, end: number): number
  scanValue(start: number, end: number): void
  walkStart(at: number): void
  walk(end: number): number
  countNewlines(start: number, end: number): number
  unescape(at: number, length: number, to: number): number
  keep(from: number, length: number, to: number, toEnd: number): number
  hash52(at: number, length: number): number
  mix52(a: number, b: number): number
  placeSide(at: number, cap: number): void
  placeTexts(at: number): void
  forgetTexts(): void
  silence(set: number): void
  tapeLine(line: number, tape: number, tapeEnd: number, outline: number): number
  readonly outlineEnd: WasmGlobal
  readonly TEXTS_SIZE: WasmGlobal
  otlpStart(start: number, end: number, cut: boolean): number
  otlpNext(budget: number): number
  readonly otlpAt: WasmGlobal
  readonly otlpFirst: WasmGlobal
  readonly otlpItems: WasmGlobal
  readonly deepAt: WasmGlobal
  readonly deepLength: WasmGlobal
  readonly nLines: WasmGlobal
  readonly nRefs: WasmGlobal
  readonly nElems: WasmGlobal
  readonly nLeaves: WasmGlobal
  readonly newlines: WasmGlobal
  readonly skelPos: WasmGlobal
  readonly walkPos: WasmGlobal
  readonly tableUsed: WasmGlobal
  readonly nextRaw: WasmGlobal
  readonly nUsed: WasmGlobal
  readonly nMissing: WasmGlobal
  readonly flaws: WasmGlobal
}

/** A place in the shared memory that can grow: then it lies elsewhere. */
export interface Region {
  at: number
  size: number
}

/** Node's, without the checks that `toString` begins with. */
export interface Memory extends Buffer {
  latin1Slice(start: number, end: number): string
  utf8Slice(start: number, end: number): string
}

/** Every region may be read and written this far past its end: the scan works 64 bytes at a time. */
const slack = 256
const page = 65_536
const lineSize = 32
const leafSize = 16
const lineCap = 1 << 16
/** Names and sets of names that get a number, from 1. */
export const mostNumbers = 98_304
/** Texts that are known for a while only; a name of number n is known as text `fleetingTexts` + n. */
export const fleetingTexts = 4096

function spaced(size: number): number {
  return Math.ceil((size + slack) / 256) * 256
}

/**
 * The scan and its memory. Addresses are absolute and stay valid until their region grows; views of the memory do not
 * survive any growth, so take `bytes` anew after whatever may allocate.
 */
export class Scanner {
  bytes: Memory
  words: Uint32Array
  longs: BigUint64Array
  readonly exports: ScanExports
  private readonly memory: WasmMemory
  private top = 1 << 20
  private tableBits = 16
  private readonly linesAt: number
  private refs: Region = { at: 0, size: 0 }
  private elems: Region = { at: 0, size: 0 }
  private leaves: Region = { at: 0, size: 0 }
  private readonly skeleton: Region
  private readonly missing: Region
  private readonly bodyOf: Region
  private readonly stamps: Region
  private readonly used: Region
  private readonly tape: Region
  private readonly outline: Region

  constructor(wasmPath: string) {
    this.memory = new WebAssembly.Memory({ initial: 64, maximum: page })
    this.bytes = Buffer.from(this.memory.buffer) as Memory
    this.words = new Uint32Array(this.memory.buffer)
    this.longs = new BigUint64Array(this.memory.buffer)
    const module = new WebAssembly.Module(readFileSync(wasmPath))
    const abort = (): never => {
      throw new Error('The scan stopped.')
    }
    const instance = new WebAssembly.Instance(module, { env: { memory: this.memory, abort } })
    const x = (this.exports = instance.exports as ScanExports)
    x.placeScratch(this.allocate(1 << 18))
    const key = randomBytes(16)
    x.setKeys(key.readBigUInt64LE(0), key.readBigUInt64LE(8))
    x.placeTable(this.allocate(16 << this.tableBits), this.tableBits)
    this.linesAt = this.allocate(lineSize * (lineCap + 16))
    x.placeLines(this.linesAt, lineCap)
    this.skeleton = this.region(1 << 16)
    this.missing = this.region(1 << 16)
    this.bodyOf = this.region(1 << 18)
    this.stamps = this.region(1 << 18)
    this.used = this.region(1 << 18)
    this.tape = this.region(1 << 18)
    this.outline = this.region(1 << 16)
    x.placeTexts(this.allocate(x.TEXTS_SIZE.value))
    x.placeBodyOf(this.bodyOf.at)
    x.placeStamps(this.stamps.at)
    x.placeUsed(this.used.at)
    x.placeMissing(this.missing.at)
  }

  region(size: number): Region {
    return { at: this.allocate(size), size }
  }

  /** Makes a region hold at least `size` bytes; its first `kept` bytes move along. */
  grow(region: Region, size: number, kept = region.size): void {
    if (size <= region.size) return
    const next = Math.max(size, Math.min(region.size * 2, region.size + (64 << 20)))
    if (region.at + spaced(region.size) === this.top) {
      this.top = region.at
      this.allocate(next)
      region.size = next
      return
    }
    const at = this.allocate(next)
    this.bytes.copyWithin(at, region.at, region.at + kept)
    region.at = at
    region.size = next
  }

  private allocate(size: number): number {
    const at = this.top
    this.top += spaced(size)
    const missing = this.top - this.memory.buffer.byteLength
    if (missing > 0) {
      this.memory.grow(Math.ceil(missing / page))
      this.bytes = Buffer.from(this.memory.buffer) as Memory
      this.words = new Uint32Array(this.memory.buffer)
      this.longs = new BigUint64Array(this.memory.buffer)
    }
    return at
  }

  /** Forgets the lines before, and makes room for what a piece of `length` bytes can become. */
  begin(length: number): void {
    const refCap = Math.max(1024, length >>> 6)
    const elemCap = Math.max(2048, length >>> 5)
    const x = this.exports
    if (refCap * 16 > this.refs.size) {
      this.grow(this.refs, refCap * 16, 0)
      x.placeRefs(this.refs.at, Math.floor(this.refs.size / 16))
    }
    if (elemCap * 12 > this.elems.size) {
      this.grow(this.elems, elemCap * 12, 0)
      this.grow(this.missing, Math.floor(this.elems.size / 3), 0)
      x.placeElems(this.elems.at, Math.floor(this.elems.size / 12))
      x.placeMissing(this.missing.at)
    }
    const leafCap = Math.max(1024, length >>> 6)
    if (leafCap * leafSize > this.leaves.size) {
      this.grow(this.leaves, leafCap * leafSize, 0)
      x.placeLeaves(this.leaves.at, Math.floor(this.leaves.size / leafSize))
    }
    this.grow(this.skeleton, length + this.refs.size + 1024, 0)
    x.placeSkeleton(this.skeleton.at, this.skeleton.size)
    x.reset()
    this.makeRoomForIds()
  }

  /** Every element of this piece may turn out to be new. */
  private makeRoomForIds(): void {
    const x = this.exports
    const elems = Math.floor(this.elems.size / 12)
    if (x.tableUsed.value * 2 > 1 << this.tableBits) {
      while (x.tableUsed.value * 2 > 1 << this.tableBits) this.tableBits++
      x.growTable(this.allocate(16 << this.tableBits), this.tableBits)
    }
    const raw = (x.nextRaw.value + elems) * 4
    if (raw > this.bodyOf.size) {
      this.grow(this.bodyOf, raw)
      x.placeBodyOf(this.bodyOf.at)
    }
    const used = (x.nUsed.value + elems) * 4
    if (used > this.used.size) {
      this.grow(this.used, used)
      x.placeUsed(this.used.at)
    }
  }

  /** Makes room for marks about bodies up to this id. */
  expectBody(id: number): void {
    if (id * 4 + 4 <= this.stamps.size) return
    this.grow(this.stamps, id * 4 + 4)
    this.exports.placeStamps(this.stamps.at)
  }

  /** Scans a value beside the current lines; `after` puts everything back. */
  scanBeside<T>(start: number, end: number, after: (line: number) => T): T {
    const x = this.exports
    const [lines, refs, elems, leaves] = [x.nLines.value, x.nRefs.value, x.nElems.value, x.nLeaves.value]
    const skeleton = x.skelPos.value >>> 0
    const room = this.skeleton.at + this.skeleton.size - skeleton
    if (room < (end - start) * 2 + 1024 + this.refs.size) {
      const beside = this.region((end - start) * 2 + 1024 + this.refs.size)
      x.placeSkeleton(beside.at, beside.size)
    }
    this.makeRoomForIds()
    x.scanValue(start, end)
    try {
      return after(lines)
    } finally {
      x.rewind(lines, refs, elems, leaves, skeleton)
    }
  }

  /**
   * Writes what the spans of a line say as a tape (see span-tape.ts), and the line with `{}` in place of each. Undefined
   * where one of them is not as usual. Both stand there until the next is written.
   */
  tapeLine(line: number): { tape: number; outline: number; outlineEnd: number } | undefined {
    const { exports: x } = this
    const length = this.lineField(line, 1) - this.lineField(line, 0)
    // Nearly always shorter than the JSON; where it is not, the line is parsed.
    this.grow(this.tape, length + (1 << 16), 0)
    this.grow(this.outline, length, 0)
    const { at, size } = this.tape
    if (x.tapeLine(line, at, at + size, this.outline.at) === 0) return undefined
    return { tape: at, outline: this.outline.at, outlineEnd: x.outlineEnd.value >>> 0 }
  }

  get lineCount(): number {
    return this.exports.nLines.value
  }

  /**
   * Field of a scanned line: 0 and 1 skeleton, 2 and 3 input, 4 flags, 5 number (from 1, within this
   * piece), 6 first leaf, 7 number of leaves.
   */
  lineField(line: number, field: number): number {
    return this.words[(this.linesAt >>> 2) + line * (lineSize / 4) + field]!
  }

  /**
   * An object at the level of a leaf: where it stands in the skeleton, whether it is not as it would be printed, and the
   * decimal point of a number that may not be (0 for none).
   */
  leafFields(leaf: number): { start: number; end: number; odd: boolean; doubt: number } {
    const at = (this.leaves.at >>> 2) + leaf * (leafSize / 4)
    return {
      start: this.words[at]!,
      end: this.words[at + 1]!,
      odd: this.words[at + 2] !== 0,
      doubt: this.words[at + 3]!,
    }
  }

  /** First element, number of elements and separator (0 none, 1 ",", 2 ", ") of a reference. */
  refFields(ref: number): { first: number; count: number; separator: number } {
    if (!(ref < this.exports.nRefs.value)) return { first: 0, count: 0, separator: 0 }
    const at = (this.refs.at >>> 2) + ref * 4
    return { first: this.words[at]!, count: this.words[at + 1]!, separator: this.words[at + 2]! }
  }

  /** Offset in the input, length and raw id of an element. `plain`: what stands there is the text, not JSON of it. */
  elemFields(elem: number): { at: number; length: number; raw: number; plain: boolean } {
    const at = (this.elems.at >>> 2) + elem * 3
    const length = this.words[at + 1]!
    return { at: this.words[at]!, length: length & 0x7fff_ffff, raw: this.words[at + 2]!, plain: length > 0x7fff_ffff }
  }

  missingElem(index: number): number {
    return this.words[(this.missing.at >>> 2) + index]!
  }

  bodyOfRaw(raw: number): number {
    return this.words[(this.bodyOf.at >>> 2) + raw]!
  }

  setBodyOfRaw(raw: number, body: number): void {
    this.words[(this.bodyOf.at >>> 2) + raw] = body
  }

  /** Bodies used since the last call, distinct, ascending. */
  takeUsed(): Uint32Array {
    const at = this.used.at >>> 2
    const ids = this.words.slice(at, at + this.exports.nUsed.value).sort()
    this.exports.nextBatch()
    return ids
  }
}
