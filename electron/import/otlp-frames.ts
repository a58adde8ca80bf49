import { isUtf8 } from 'node:buffer'
import type { JsonObject } from '../../shared/domain/json.ts'
import { plain, ValueReader, type RecordSink } from './record-values.ts'
import type { Region, Scanner } from './scan/scanner.ts'
import type { SpanTape } from './scan/span-tape.ts'
import type { Frame, FrameReader } from './sources/frames.ts'

/** What scan/wasm/otlp.ts answers (otlp-place.ts). */
const slice = { done: 0, more: 1, badItem: 2, badGroup: 3, cut: 4, full: 5 } as const

/** Spans are read in slices of at least so many bytes of their JSON. */
const sliceBytes = 1 << 18
const firstRoom = 1 << 20
/** A span whose JSON is longer is refused. */
const mostRoom = 512 << 20
const notProtobuf = 'What starts here is no protobuf message.'
/** Spans that cannot be read, and bytes of JSON written around them, after which the rest of a message is given up. */
const patience = { spans: 1000, bytes: 64 << 20 }

/** Reads OTLP protobuf: every message becomes records of OTLP/JSON, whose place is their first span's byte. */
export class OtlpFrames {
  private readonly scanner: Scanner
  private readonly sink: RecordSink
  private readonly values: ValueReader
  private readonly input: Region
  private readonly side: Region
  private room = firstRoom

  constructor(scanner: Scanner, sink: RecordSink, tape: SpanTape) {
    this.scanner = scanner
    this.sink = sink
    this.values = new ValueReader(scanner, sink, tape)
    this.input = scanner.region(firstRoom)
    this.side = scanner.region(1 << 16)
  }

  /** `pause` is called between pieces, with the bytes of the message before, and says whether to go on. */
  async readAll(frames: FrameReader, pause: (bytes: number) => boolean): Promise<void> {
    for (;;) {
      const frame = await frames.next()
      if (!frame) return
      if ('code' in frame) this.sink.unreadable(frame.at, frame.code, frame.message, undefined, 'byte')
      else if (!this.readFrame(frame, () => pause(0)) || !pause(frame.bytes.length)) return
    }
  }

  private readFrame(frame: Frame, pause: () => boolean): boolean {
    const { scanner, input } = this
    scanner.grow(input, frame.bytes.length, 0)
    frame.bytes.copy(scanner.bytes, input.at)
    scanner.exports.otlpStart(input.at, input.at + frame.bytes.length, frame.isCut)
    this.room = firstRoom
    let broken = 0
    let wasted = 0
    for (let first = true; ; first = false) {
      const status = this.nextSlice(frame.bytes.length)
      if (status === undefined) {
        const message = 'One span of this message is too large.'
        this.sink.unreadable(frame.at, 'import/record-too-large', message, undefined, 'byte')
        return true
      }
      const at = (scanner.exports.otlpAt.value >>> 0) - input.at
      const bad = (code: string, message: string): void => {
        this.sink.unreadable(at + frame.at, code, message, frame.bytes.subarray(at), 'byte')
      }
      if (first || scanner.exports.otlpItems.value > 0) this.readSlice(frame.at)
      if (status === slice.done) return true
      if (status === slice.cut) {
        bad('import/truncated', 'The file ends inside what starts here.')
        return true
      }
      if (status === slice.badItem || status === slice.badGroup) {
        bad('import/damaged', notProtobuf)
        wasted += scanner.lineField(0, 1) - scanner.lineField(0, 0)
        if (broken++ > patience.spans || wasted > patience.bytes) {
          bad('import/damaged', 'Too much of this message is broken: the rest of it was not read.')
          return true
        }
      }
      if (!pause()) return false
    }
  }

  /** Undefined when one span is larger than may be. */
  private nextSlice(length: number): number | undefined {
    const { scanner, side } = this
    for (;;) {
      scanner.begin(this.room)
      scanner.exports.placeSide(side.at, side.size)
      const status = scanner.exports.otlpNext(sliceBytes)
      if (status !== slice.full) return status
      if (this.room * 2 > mostRoom) return undefined
      this.room *= 2
      scanner.grow(side, Math.min(this.room, length * 1.4 + 256), 0)
    }
  }

  private readSlice(frameAt: number): void {
    const { scanner, input } = this
    const { exports: x } = scanner
    const [start, end, first] = [scanner.lineField(0, 0), scanner.lineField(0, 1), x.otlpFirst.value >>> 0]
    const line = first === 0 ? frameAt : first - input.at + frameAt
    const replaced = !isUtf8(scanner.bytes.subarray(start, end))
    const deepAt = x.deepAt.value >>> 0
    const deep = deepAt === 0 ? [] : [this.beginningOf(deepAt, x.deepLength.value)]
    const origin = { ...plain, line, unit: 'byte', replaced, deep } as const
    if (!replaced && deep.length === 0 && this.values.takeOutline(0, end, origin)) return
    const value = this.values.parse(start, end, false)
    if (typeof value !== 'object' || value === null) {
      this.sink.unreadable(line, 'import/damaged', notProtobuf, undefined, 'byte')
      return
    }
    const text = replaced ? {} : this.values.textOf(0)
    this.sink.record(value as JsonObject, { ...origin, ...text })
  }

  /** How a value that is kept as its bytes begins in the record. */
  private beginningOf(at: number, length: number): string {
    return this.scanner.bytes.toString('base64', at, at + Math.min(length, 150))
  }
}
