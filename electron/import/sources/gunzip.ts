import { constants, crc32, createInflateRaw, type InflateRaw } from 'node:zlib'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { ByteReader } from './byte-reader.ts'

/** Inflating to more than this many times its size, past the first 16 MiB, is an attack and not a dump. */
const highestRatio = 200
const freeBytes = 16 << 20
const inputSize = 1 << 16

export interface GzipIssue {
  /** Offset in the compressed file. */
  readonly byte: number
  readonly code: string
  readonly message: string
}

/**
 * Inflates gzip, all members. What a damaged file still gives is given, and the damage becomes an issue: node's own
 * gunzip stream loses the last piece when an error follows it.
 */
export class GunzipReader implements ByteReader {
  private readonly source: ByteReader
  private readonly report: (issue: GzipIssue) => void
  private input: Buffer = Buffer.alloc(0)
  private inputEnded = false
  /** Compressed bytes consumed. */
  private position = 0
  private produced = 0
  private readonly queue: Buffer[] = []
  private over = false
  private member: Member | undefined
  private members = 0

  constructor(source: ByteReader, report: (issue: GzipIssue) => void) {
    this.source = source
    this.report = report
  }

  async read(target: Buffer, at: number, length: number): Promise<number> {
    while (this.queue.length === 0 && !this.over) await this.inflateOn()
    let count = 0
    while (count < length && this.queue.length > 0) {
      const piece = this.queue[0]!
      const copied = piece.copy(target, at + count, 0, Math.min(piece.length, length - count))
      count += copied
      if (copied === piece.length) this.queue.shift()
      else this.queue[0] = piece.subarray(copied)
    }
    return count
  }

  private async inflateOn(): Promise<void> {
    if (!this.member && !(await this.openMember())) {
      this.over = true
      return
    }
    const member = this.member!
    if (this.input.length === 0 && !(await this.fill(1))) {
      member.close()
      return this.damaged('import/truncated', 'The gzip file ends before its data does.')
    }
    const result = await member.inflate(this.input)
    this.produced += result.bytes
    this.queue.push(...result.pieces)
    this.consume(result.used)
    if (this.produced > freeBytes && this.produced > highestRatio * this.position) {
      member.close()
      this.queue.length = 0
      throw new InspectorError(
        'import/bomb',
        `Stopped: the gzip file inflates to more than ${highestRatio} times its size.`,
      )
    }
    if (result.failed) return this.damaged('import/damaged', 'The gzip data is damaged here.')
    if (!result.ended) return
    this.member = undefined
    member.close()
    if (!(await this.fill(8))) return this.damaged('import/truncated', 'The gzip file ends before its checksum.')
    const sound = this.input.readUInt32LE(0) === member.crc && this.input.readUInt32LE(4) === member.bytes >>> 0
    this.consume(8)
    if (!sound) return this.damaged('import/damaged', 'The checksum of the gzip data does not match.')
  }

  /** Reads a member's header. False at the end of the file. */
  private async openMember(): Promise<boolean> {
    if (!(await this.fill(1))) {
      if (this.members === 0) this.damaged('import/truncated', 'The gzip file ends inside its header.')
      return false
    }
    // padding after the last member
    while (this.members > 0 && this.input[0] === 0) {
      this.consume(1)
      if (!(await this.fill(1))) return false
    }
    const whole = await this.fill(10)
    const magic = [0x1f, 0x8b, 8].slice(0, this.input.length)
    if (magic.some((byte, i) => this.input[i] !== byte)) {
      this.damaged('import/trailing-garbage', 'After the gzip data stand bytes that are not gzip.')
      return false
    }
    if (!whole) {
      this.damaged('import/truncated', 'The gzip file ends inside a header.')
      return false
    }
    const flags = this.input[3]!
    this.consume(10)
    const intact = await this.skipHeaderFields(flags)
    if (!intact) {
      this.damaged('import/truncated', 'The gzip file ends inside a header.')
      return false
    }
    this.member = new Member()
    this.members++
    return true
  }

  private async skipHeaderFields(flags: number): Promise<boolean> {
    if (flags & 4) {
      if (!(await this.fill(2))) return false
      const length = this.input.readUInt16LE(0)
      if (!(await this.fill(2 + length))) return false
      this.consume(2 + length)
    }
    for (const flag of [8, 16]) {
      if (!(flags & flag)) continue
      for (;;) {
        if (!(await this.fill(1))) return false
        const end = this.input.indexOf(0)
        this.consume(end < 0 ? this.input.length : end + 1)
        if (end >= 0) break
      }
    }
    if (flags & 2) {
      if (!(await this.fill(2))) return false
      this.consume(2)
    }
    return true
  }

  private damaged(code: string, message: string): void {
    this.report({ byte: this.position, code, message })
    this.over = true
  }

  private consume(count: number): void {
    this.input = this.input.subarray(count)
    this.position += count
  }

  /** Whether at least `count` compressed bytes are at hand now. */
  private async fill(count: number): Promise<boolean> {
    while (this.input.length < count && !this.inputEnded) {
      const piece = Buffer.alloc(inputSize)
      const read = await this.source.read(piece, 0, inputSize)
      if (read === 0) this.inputEnded = true
      else {
        const fresh = piece.subarray(0, read)
        this.input = this.input.length === 0 ? fresh : Buffer.concat([this.input, fresh])
      }
    }
    return this.input.length >= count
  }
}

interface Inflated {
  readonly pieces: Buffer[]
  readonly bytes: number
  readonly used: number
  readonly ended: boolean
  readonly failed: boolean
}

/** The deflate stream of one gzip member. */
class Member {
  crc = 0
  bytes = 0
  private readonly stream: InflateRaw
  private pieces: Buffer[] = []
  private written = 0
  private ended = false
  private failed = false
  private done: () => void = () => {}

  constructor() {
    this.stream = createInflateRaw({ chunkSize: 1 << 17, finishFlush: constants.Z_SYNC_FLUSH })
    this.stream.on('data', (piece: Buffer) => {
      this.pieces.push(piece)
      this.crc = crc32(piece, this.crc)
      this.bytes += piece.length
    })
    this.stream.on('end', () => {
      this.ended = true
      this.done()
    })
    this.stream.on('error', () => {
      this.failed = true
      this.done()
    })
  }

  async inflate(input: Buffer): Promise<Inflated> {
    const before = this.bytes
    await new Promise<void>(resolve => {
      this.done = resolve
      this.stream.write(input, () => resolve())
    })
    const used = this.failed ? input.length : this.stream.bytesWritten - this.written
    this.written = this.stream.bytesWritten
    const pieces = this.pieces
    this.pieces = []
    return { pieces, bytes: this.bytes - before, used, ended: this.ended, failed: this.failed }
  }

  close(): void {
    this.stream.destroy()
  }
}
