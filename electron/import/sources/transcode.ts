import { TextDecoder } from 'node:util'
import type { ByteReader } from './byte-reader.ts'

/** Turns UTF-16 into UTF-8, a piece at a time. */
export class TranscodedReader implements ByteReader {
  private readonly source: ByteReader
  private readonly decoder: TextDecoder
  private readonly input = Buffer.alloc(1 << 16)
  private output: Buffer = Buffer.alloc(0)
  private ended = false

  constructor(source: ByteReader, encoding: 'utf-16le' | 'utf-16be') {
    this.source = source
    this.decoder = new TextDecoder(encoding, { ignoreBOM: true })
  }

  async read(target: Buffer, at: number, length: number): Promise<number> {
    while (this.output.length === 0 && !this.ended) {
      const count = await this.source.read(this.input, 0, this.input.length)
      this.ended = count === 0
      this.output = Buffer.from(this.decoder.decode(this.input.subarray(0, count), { stream: !this.ended }))
    }
    const count = this.output.copy(target, at, 0, Math.min(length, this.output.length))
    this.output = this.output.subarray(count)
    return count
  }
}
