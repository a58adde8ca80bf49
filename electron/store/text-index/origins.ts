import { compress, type Packing, bodyPacking } from '../block-builder.ts'
import { textBytes } from '../body-text.ts'
import { ByteReader, ByteWriter } from '../runs.ts'
import type { Origin } from './stubs.ts'

// Where the text of each number is found again: in a body of the store, or, where it is short or was put together, here.

/** Texts that are written as one piece. */
const textsAtOnce = 4096
const bytesAtOnce = 1 << 20

export interface OriginBlock {
  readonly first: number
  readonly n: number
  readonly origins: Buffer
  /** zstd of the texts that stand here; `length` is of all of them. */
  readonly length: number
  readonly data: Buffer
}

/** Takes what stands for each text, in order of numbers. */
export class OriginWriter {
  private readonly write: (block: OriginBlock) => void
  private first: number
  private bytes = new ByteWriter()
  private texts: Buffer[] = []
  private length = 0
  private n = 0
  private body = 0

  constructor(first: number, write: (block: OriginBlock) => void) {
    this.first = first
    this.write = write
  }

  add(text: string, origin: Origin | undefined): void {
    if (origin) {
      this.bytes.varint(origin.way.length + 1)
      this.bytes.signed(origin.body - this.body)
      this.body = origin.body
      for (const step of origin.way) this.bytes.varint(step)
    } else {
      const bytes = textBytes(text)
      this.bytes.varint(0)
      this.bytes.varint(bytes.length)
      this.texts.push(bytes)
      this.length += bytes.length
    }
    if (++this.n >= textsAtOnce || this.length >= bytesAtOnce) this.flush()
  }

  flush(): void {
    if (this.n === 0) return
    const { first, n, length } = this
    const packing: Packing = bodyPacking
    const data = length === 0 ? Buffer.alloc(0) : compress(Buffer.concat(this.texts), packing)
    this.write({ first, n, origins: this.bytes.take(), length, data })
    this.first += n
    this.n = this.length = this.body = 0
    this.texts = []
    this.bytes = new ByteWriter()
  }
}

/** What stands for one text: a place in a body, or bytes `from` to `to` of the block's own. */
export type Place = Origin | { readonly from: number; readonly to: number }

export function readOrigins(origins: Uint8Array, n: number): Place[] {
  const reader = new ByteReader(origins)
  const places: Place[] = []
  let [body, used] = [0, 0]
  for (let i = 0; i < n; i++) {
    const steps = reader.varint()
    if (steps === 0) {
      const from = used
      used += reader.varint()
      places.push({ from, to: used })
      continue
    }
    body += reader.signed()
    const way: number[] = []
    for (let k = 1; k < steps && k < 10; k++) way.push(reader.varint())
    places.push({ body, way })
  }
  return places
}
