import type { ByteReader } from './byte-reader.ts'

/** A captured form: a boundary, then headers of the first part. */
export function isMultipart(head: string): boolean {
  return /^--[^\s]{3,200}\r?\n(?:[\w-]+:[^\n]*\n){0,8}?content-disposition:\s*form-data/i.test(head)
}

/** Where in a part the next line stands. */
type Place = 'headers' | 'body' | 'skipped'

/** A line longer than this goes on in pieces; no boundary is that long. */
const longestLine = 1 << 16

/**
 * JSON parts of a multipart body become JSON lines, `{"multipart": name, "body": …}`. Parts of another type are left out.
 * Lines are therefore counted by part.
 */
export class MultipartText implements ByteReader {
  private readonly source: ByteReader
  private readonly input = Buffer.alloc(1 << 16)
  private boundary: Buffer | undefined
  private place: Place = 'headers'
  private headers = ''
  private carry: Buffer = Buffer.alloc(0)
  private output: Buffer[] = []
  private waiting: Buffer = Buffer.alloc(0)
  private owesNewline = false
  private midLine = false
  private ended = false

  constructor(source: ByteReader) {
    this.source = source
  }

  async read(target: Buffer, at: number, length: number): Promise<number> {
    while (this.waiting.length === 0) {
      if (this.ended) return 0
      const count = await this.source.read(this.input, 0, this.input.length)
      this.ended = count === 0
      this.carry = Buffer.concat([this.carry, this.input.subarray(0, count)])
      this.takeLines()
      this.waiting = Buffer.concat(this.output)
      this.output = []
    }
    const count = this.waiting.copy(target, at, 0, Math.min(length, this.waiting.length))
    this.waiting = this.waiting.subarray(count)
    return count
  }

  private takeLines(): void {
    let start = 0
    for (let end; (end = this.carry.indexOf(10, start)) >= 0; start = end + 1) {
      const last = end > start && this.carry[end - 1] === 13 ? end - 1 : end
      this.line(this.carry.subarray(start, last), true)
    }
    this.carry = Buffer.from(this.carry.subarray(start))
    if (this.carry.length === 0 || (!this.ended && this.carry.length < longestLine)) return
    this.line(this.carry, this.ended)
    this.carry = Buffer.alloc(0)
  }

  /** One line without its end, or a piece of one. */
  private line(bytes: Buffer, isWhole: boolean): void {
    const starts = !this.midLine
    this.midLine = !isWhole
    this.boundary ??= Buffer.from(bytes)
    if (
      starts &&
      bytes.length >= this.boundary.length &&
      bytes.subarray(0, this.boundary.length).equals(this.boundary)
    ) {
      if (this.place === 'body') this.output.push(Buffer.from('}\n'))
      this.place = 'headers'
      this.headers = ''
      return
    }
    if (this.place === 'headers') {
      if (bytes.length > 0)
        this.headers = `${this.headers}${bytes.toString('latin1').slice(0, 4096)}\n`.slice(0, 16_384)
      else this.begin()
    } else if (this.place === 'body') {
      if (starts && this.owesNewline) this.output.push(Buffer.from('\n'))
      this.output.push(bytes)
      this.owesNewline = isWhole
    }
  }

  private begin(): void {
    const name = /\bname="([^"]*)"/i.exec(this.headers)?.[1]
    const type = /^content-type:\s*([^;\s]+)/im.exec(this.headers)?.[1]?.toLowerCase()
    this.place = name === undefined || (type !== undefined && !type.endsWith('json')) ? 'skipped' : 'body'
    this.owesNewline = false
    if (this.place !== 'body') return
    this.output.push(Buffer.from(`{"multipart":${JSON.stringify(name)},"body":`))
  }
}
