import type { Transform } from 'node:stream'
import { crc32 } from 'node:zlib'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { ByteReader } from './byte-reader.ts'

const inputSize = 1 << 16
/** What may wait for its reader before the stream has to: a few kilobytes of input can become hundreds of megabytes. */
const mostWaiting = 1 << 20

/** Damage of a container: what stands before it has been given. */
export interface ContainerIssue {
  /** Offset in the compressed file. */
  readonly byte: number
  readonly code: string
  readonly message: string
}

/** Counts what an attack would make too large: unpacking to over 200 times the size, past the first 16 MiB. */
export class Inflation {
  private static readonly highestRatio = 200
  private static readonly freeBytes = 16 << 20
  private packed = 0
  private unpacked = 0

  /** Throws once it is no dump any more. */
  add(packed: number, unpacked: number): void {
    this.packed += packed
    this.unpacked += unpacked
    if (this.unpacked > Inflation.freeBytes && this.unpacked > Inflation.highestRatio * this.packed) {
      const message = `Stopped: what is packed here unpacks to more than ${Inflation.highestRatio} times its size.`
      throw new InspectorError('import/bomb', message)
    }
  }
}

/**
 * Unpacks one compressed stream after another (a *member*: of gzip, a frame of zstd). What a damaged file still gives is
 * given, and the damage becomes an issue: node's own streams lose the last piece when an error follows it.
 */
export abstract class UnpackReader implements ByteReader {
  protected input: Buffer = Buffer.alloc(0)
  protected members = 0
  /** Compressed bytes consumed. */
  protected position = 0
  private readonly source: ByteReader
  private readonly report: (issue: ContainerIssue) => void
  private readonly inflation: Inflation
  private readonly queue: Buffer[] = []
  private inputEnded = false
  private over = false
  private member: Member | undefined
  /** Of the member at work, as messages call it: "gzip". */
  protected abstract readonly name: string

  constructor(source: ByteReader, report: (issue: ContainerIssue) => void, inflation = new Inflation()) {
    this.source = source
    this.report = report
    this.inflation = inflation
  }

  /** The stream of the next member; undefined at the end of the file, or when it is damaged. */
  protected abstract openMember(): Promise<Transform | undefined>
  /** Reads what follows a member's data. */
  protected abstract closeMember(bytes: number, crc: number): Promise<void>

  async read(target: Buffer, at: number, length: number): Promise<number> {
    while (this.queue.length === 0 && !this.over) await this.unpackOn()
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

  /** Frees what a file given up early still holds. */
  close(): void {
    this.member?.close()
    this.member = undefined
    this.over = true
    this.queue.length = 0
  }

  private async unpackOn(): Promise<void> {
    if (!this.member) {
      const stream = await this.openMember()
      if (!stream) {
        this.over = true
        return
      }
      this.member = new Member(stream)
      this.members++
    }
    const { member } = this
    if (!member.isBusy) {
      if (await this.fill(1)) {
        this.inflation.add(this.input.length, 0)
        member.write(this.input)
      } else member.finish()
    }
    const pieces = await member.take()
    this.queue.push(...pieces)
    try {
      this.inflation.add(
        0,
        pieces.reduce((sum, piece) => sum + piece.length, 0),
      )
    } catch (error) {
      this.close()
      throw error
    }
    if (member.isBusy) return
    const atEnd = this.input.length === 0
    this.inflation.add(member.used - this.input.length, 0)
    this.consume(member.used)
    if (member.hasFailed) {
      if (atEnd) this.damaged('import/truncated', `The ${this.name} file ends before its data does.`)
      else this.damaged('import/damaged', `The ${this.name} data is damaged here.`)
    } else if (member.hasEnded) {
      this.member = undefined
      member.close()
      await this.closeMember(member.bytes, member.crc)
    }
  }

  protected damaged(code: string, message: string): void {
    this.report({ byte: this.position, code, message })
    this.member?.close()
    this.member = undefined
    this.over = true
  }

  protected consume(count: number): void {
    this.input = this.input.subarray(count)
    this.position += count
  }

  /** Whether at least `count` compressed bytes are at hand now. */
  protected async fill(count: number): Promise<boolean> {
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

/** One compressed stream at work. */
class Member {
  crc = 0
  bytes = 0
  hasFailed = false
  private readonly stream: Transform & { readonly bytesWritten?: number }
  private pieces: Buffer[] = []
  private waiting = 0
  private writing = false
  private over = false
  private given = 0
  private before = 0
  private wake: () => void = () => {}

  constructor(stream: Transform) {
    this.stream = stream
    stream.on('data', (piece: Buffer) => {
      this.pieces.push(piece)
      this.waiting += piece.length
      this.crc = crc32(piece, this.crc)
      this.bytes += piece.length
      if (this.waiting < mostWaiting) return
      stream.pause()
      this.wake()
    })
    stream.on('end', () => {
      this.over = true
      this.wake()
    })
    stream.on('error', () => {
      this.hasFailed = true
      this.wake()
    })
  }

  /** More will come out of what it was given. */
  get isBusy(): boolean {
    return this.writing && !this.hasFailed && !this.over
  }

  /** It leaves input alone only after its own end. */
  get hasEnded(): boolean {
    return this.over || (!this.isBusy && this.used < this.given)
  }

  /** Bytes it took of what it was given last. */
  get used(): number {
    return this.hasFailed ? this.given : (this.stream.bytesWritten ?? 0) - this.before
  }

  write(input: Buffer): void {
    this.begin(input.length)
    this.stream.write(input, () => {
      this.writing = false
      this.wake()
    })
  }

  /** There is no more input: it ends, or fails because that is too early. */
  finish(): void {
    this.begin(0)
    this.stream.end()
  }

  private begin(given: number): void {
    this.writing = true
    this.given = given
    this.before = this.stream.bytesWritten ?? 0
  }

  async take(): Promise<Buffer[]> {
    if (this.isBusy) {
      await new Promise<void>(resolve => {
        this.wake = resolve
        this.stream.resume()
      })
    }
    // what it had ready when it was paused for the last time
    if (!this.isBusy) while (this.stream.read() !== null);
    const { pieces } = this
    this.pieces = []
    this.waiting = 0
    return pieces
  }

  close(): void {
    this.stream.destroy()
  }
}
