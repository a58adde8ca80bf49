import type { ByteReader } from './byte-reader.ts'
import type { FrameReader } from './frames.ts'

const newline = Buffer.from('\n')

/** JSON in frames becomes JSON in lines. */
export class FramedText implements ByteReader {
  private readonly frames: FrameReader
  private readonly report: (byte: number, code: string, message: string) => void
  private waiting: Buffer = Buffer.alloc(0)

  constructor(frames: FrameReader, report: (byte: number, code: string, message: string) => void) {
    this.frames = frames
    this.report = report
  }

  async read(target: Buffer, at: number, length: number): Promise<number> {
    while (this.waiting.length === 0) {
      const frame = await this.frames.next()
      if (!frame) return 0
      if ('code' in frame) this.report(frame.at, frame.code, frame.message)
      else this.waiting = Buffer.concat([frame.bytes, newline])
    }
    const count = this.waiting.copy(target, at, 0, Math.min(length, this.waiting.length))
    this.waiting = this.waiting.subarray(count)
    return count
  }
}
