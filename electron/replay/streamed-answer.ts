import { parseJson } from '../../shared/conventions/json-text.ts'
import { isObject, toJson } from '../../shared/conventions/values.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { JsonObject } from '../../shared/domain/json.ts'
import type { Dialect } from '../../shared/replay/dialects/dialect.ts'
import type { Piece, ProviderError } from '../../shared/replay/pieces.ts'
import type { StreamRecord } from '../../shared/replay/record.ts'
import type { Mask } from './mask.ts'
import { RawEvents } from './raw-events.ts'
import { eventCutter, lineCutter, type Cutter } from './lines.ts'

/** The end mark of those whose last event does not say that it is. */
const done = '[DONE]'

/** An answer that comes in pieces: events of a stream, or a JSON text a line. */
export class StreamedAnswer {
  /** Its end came: without it, it broke off. */
  ended = false
  /** Nothing follows its end: whatever comes is none of it. Gemini writes its finish into pieces before the last, too. */
  isOver = false
  error: ProviderError | undefined
  private readonly dialect: Dialect
  private readonly cutter: Cutter
  private readonly decoder = new TextDecoder()
  private readonly mask: Mask
  private readonly events: JsonObject[] = []
  private readonly pieces: Piece[] = []
  private readonly raw: RawEvents

  /** `began`: when the request was sent, by `performance.now`. */
  constructor(dialect: Dialect, framing: 'events' | 'lines', longestLine: number, mask: Mask, began: number) {
    this.raw = new RawEvents(began)
    this.dialect = dialect
    this.cutter = (framing === 'events' ? eventCutter : lineCutter)(longestLine, said => this.take(said))
    this.mask = mask
  }

  /** What these bytes add. Throws on what is no event. */
  push(bytes: Uint8Array): Piece[] {
    this.cutter.push(this.decoder.decode(bytes, { stream: true }))
    return this.pieces.splice(0)
  }

  /** What was not ended by a line's end: of an event stream nothing. */
  finish(): Piece[] {
    this.cutter.push(this.decoder.decode())
    this.cutter.end()
    return this.pieces.splice(0).concat(this.mask.rest())
  }

  /**
   * All that came, as the body that the provider would have sent at once, and as it came. Where a key shows only in the whole,
   * its pieces stand in events: these are not kept then.
   */
  whole(): { readonly body: string; readonly stream?: StreamRecord } {
    const { api } = this.dialect
    const made = api.assemble?.(this.events)
    const said = JSON.stringify(made ? toJson(made.body) : this.events)
    const body = this.mask.text(said)
    const stream = body === said ? this.raw.record() : undefined
    return { body, ...(stream ? { stream } : {}) }
  }

  private take(said: string): void {
    const text = said.trim()
    if (text === '' || this.isOver) return
    const masked = this.mask.text(text)
    this.raw.add(masked)
    if (text === done) {
      this.ended = this.isOver = true
      return
    }
    const event = parseJson(masked)
    if (!isObject(event)) throw new InspectorError('replay/malformed', 'A piece of the answer is no JSON object.')
    this.events.push(event)
    const piece = this.dialect.readPiece(event)
    if (piece.end) {
      this.ended = true
      this.isOver = this.dialect.id !== 'gemini'
    }
    if (piece.error) this.error = piece.error
    this.pieces.push(this.mask.piece(piece))
  }
}
