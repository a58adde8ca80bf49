import { zstdDecompressSync } from 'node:zlib'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { ByteReader } from './byte-reader.ts'
import { longestFrame, readVarint, type OtlpHead } from './otlp-head.ts'

const chunk = 1 << 20
/** What a frame may unpack to: as a file may (unpack.ts), and never more than a record may have. */
const freeBytes = 16 << 20
const highestRatio = 200

/** A whole message. Its bytes are there until the next one is asked for. */
export interface Frame {
  readonly bytes: Buffer
  /** Offset of its first byte in the file. */
  readonly at: number
  /** The file ends inside it. */
  readonly isCut: boolean
}

/** What cannot be read, from `at` on. */
export interface FrameDamage {
  readonly at: number
  readonly code: string
  readonly message: string
}

/**
 * Messages one after another, each in memory by itself. Where nothing frames them, the outermost fields of a request are
 * the frames: each is a request of its own.
 */
export class FrameReader {
  private readonly source: ByteReader
  private readonly how: OtlpHead
  /** What was read and not yet given is [from, to) of it. */
  private buffer: Buffer = Buffer.allocUnsafe(chunk * 2)
  private from = 0
  private to = 0
  private place = 0
  private over = false
  private peeked: Frame | FrameDamage | undefined

  constructor(source: ByteReader, how: OtlpHead) {
    this.source = source
    this.how = how
    this.place = how.mark ?? 0
  }

  /** What `next` will answer. */
  async peek(): Promise<Frame | FrameDamage | undefined> {
    return (this.peeked ??= await this.read())
  }

  /** Undefined at the end. */
  async next(): Promise<Frame | FrameDamage | undefined> {
    const { peeked } = this
    this.peeked = undefined
    return peeked ?? this.read()
  }

  private async read(): Promise<Frame | FrameDamage | undefined> {
    if (this.over || !(await this.fill(1))) return undefined
    const at = this.place
    const prefix = await this.readPrefix()
    if (typeof prefix === 'string') {
      this.over = true
      return { at, code: 'import/damaged', message: prefix }
    }
    const end = prefix.start + prefix.length
    const isCut = !(await this.fill(end))
    const held = this.held
    const skipped = prefix.keep ? 0 : Math.min(prefix.start, held.length)
    const bytes = held.subarray(skipped, end)
    this.from += Math.min(end, held.length)
    this.place += end
    if (isCut) this.over = true
    const frame = { bytes, at: at + skipped, isCut }
    return this.how.zstd ? unzstd(frame) : frame
  }

  private get held(): Buffer {
    return this.buffer.subarray(this.from, this.to)
  }

  /** Where the message starts and how long it is; a string says why that cannot be known. */
  private async readPrefix(): Promise<{ start: number; length: number; keep: boolean } | string> {
    const { framing } = this.how
    if (framing === 'length') {
      if (!(await this.fill(4))) return 'The file ends inside the length of a message.'
      const length = this.held.readUInt32BE(0)
      return length > longestFrame ? tooLong : { start: 4, length, keep: false }
    }
    await this.fill(20)
    if (framing === 'varint') {
      const length = readVarint(this.held, 0)
      if (!length) return 'Here stands no length of a message.'
      return length.value > longestFrame ? tooLong : { start: length.end, length: length.value, keep: false }
    }
    const tag = readVarint(this.held, 0)
    const wire = tag && tag.value & 7
    if (tag === undefined || tag.value < 8) return noField
    if (wire === 1 || wire === 5) return { start: tag.end, length: wire === 1 ? 8 : 4, keep: true }
    const length = readVarint(this.held, tag.end)
    if (!length || (wire !== 0 && wire !== 2)) return noField
    if (wire === 0) return { start: length.end, length: 0, keep: true }
    return length.value > longestFrame ? tooLong : { start: length.end, length: length.value, keep: true }
  }

  /** Whether so many bytes are at hand. */
  private async fill(count: number): Promise<boolean> {
    while (this.to - this.from < count) {
      if (this.buffer.length - this.to < chunk) this.makeRoom(count)
      const room = this.buffer.length - this.to
      const read = await this.source.read(this.buffer, this.to, room)
      if (read === 0) return false
      this.to += read
    }
    return true
  }

  private makeRoom(count: number): void {
    const { held } = this
    if (this.buffer.length < count + chunk) {
      this.buffer = Buffer.allocUnsafe(Math.min(count, Math.max(held.length * 2, count >>> 3)) + chunk * 2)
    }
    held.copy(this.buffer)
    this.to = held.length
    this.from = 0
  }
}

const tooLong = 'The length of this message is over 256 MB: that is no length.'
const noField = 'Here stands no field of a message: the rest was not read.'

function unzstd(frame: Frame): Frame | FrameDamage {
  const { bytes, at, isCut } = frame
  const maxOutputLength = Math.min(longestFrame, Math.max(freeBytes, highestRatio * bytes.length))
  try {
    return { ...frame, bytes: zstdDecompressSync(bytes, { maxOutputLength }) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      const message = `Stopped: what is packed here unpacks to more than ${highestRatio} times its size.`
      throw new InspectorError('import/bomb', message)
    }
    return isCut
      ? { at, code: 'import/truncated', message: 'The file ends inside this message.' }
      : { at, code: 'import/damaged', message: 'The zstd data of this message is damaged.' }
  }
}
