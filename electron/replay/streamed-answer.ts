import { parseJson } from '../../shared/conventions/json-text.ts'
import { isObject, toJson } from '../../shared/conventions/values.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { JsonObject } from '../../shared/domain/json.ts'
import type { Dialect } from '../../shared/replay/dialects/dialect.ts'
import { errorIn, errorPiece, providerError, type Piece, type ProviderError } from '../../shared/replay/pieces.ts'
import type { StreamRecord } from '../../shared/replay/record.ts'
import type { Mask } from './mask.ts'
import { RawEvents } from './raw-events.ts'
import { eventCutter, lineCutter, type Cutter } from './lines.ts'
import { saysAnything } from './says-anything.ts'

/** The end mark of those whose last event does not say that it is. */
const done = '[DONE]'
/** Characters of the end of a stream, which may be no event. */
const mostTail = 4096

export type Framing = 'events' | 'lines'

/** All that came of a stream. */
export interface Whole {
  /** As the provider would have sent it at once; where that says nothing, the events as they came. */
  readonly body: string
  readonly stream?: StreamRecord
  /** There is an answer in it, or the beginning of one. */
  readonly isAnswer: boolean
  /** What the provider says went wrong. */
  readonly error?: ProviderError
}

/** An answer that comes in pieces: events of a stream, or a JSON text a line. */
export class StreamedAnswer {
  /** Its end came: without it, it broke off. */
  ended = false
  /** Nothing follows its end: whatever comes is none of it. Gemini writes its finish into pieces before the last, too. */
  isOver = false
  private error: ProviderError | undefined
  private readonly dialect: Dialect
  private readonly framing: Framing
  private readonly cutter: Cutter
  private readonly decoder = new TextDecoder()
  private readonly mask: Mask
  private readonly events: JsonObject[] = []
  private readonly pieces: Piece[] = []
  private readonly raw: RawEvents
  private tail = ''

  /** `began`: when the request was sent, by `performance.now`. */
  constructor(dialect: Dialect, framing: Framing, longestLine: number, mask: Mask, began: number) {
    this.raw = new RawEvents(began)
    this.dialect = dialect
    this.framing = framing
    this.cutter = (framing === 'events' ? eventCutter : lineCutter)(longestLine, (said, name) => this.take(said, name))
    this.mask = mask
  }

  /** What these bytes add. Throws on what is no event. */
  push(bytes: Uint8Array): Piece[] {
    const text = this.decoder.decode(bytes, { stream: true })
    this.tail = (this.tail + text).slice(-mostTail)
    this.cutter.push(text)
    return this.pieces.splice(0)
  }

  /** What was not ended by a line's end: of an event stream nothing. */
  finish(): Piece[] {
    this.cutter.push(this.decoder.decode())
    try {
      this.cutter.end()
    } catch {
      // A line that was cut off: that the stream has no end says more.
    }
    return this.pieces.splice(0).concat(this.mask.rest())
  }

  /** Where a key shows only in the whole, its pieces stand in events: these are not kept then. */
  whole(): Whole {
    const { api } = this.dialect
    const made = api.assemble?.(this.events)
    const read = made && toJson(made.body)
    const facts = made && api.responseFacts(made.body)
    const error = this.error ?? this.errorAtEnd() ?? providerError(facts?.failed)
    const isAnswer =
      this.events.length > 0 &&
      ((isObject(read) && saysAnything(api.readResponse(read))) ||
        (!error && (facts?.model ?? facts?.usage) !== undefined))
    const said = JSON.stringify(isAnswer ? read : this.events.length > 1 ? this.events : (this.events[0] ?? ''))
    const body = this.events.length === 0 ? '' : this.mask.text(said)
    const stream = body === said ? this.raw.record() : undefined
    return { body, isAnswer, ...(stream ? { stream } : {}), ...(error ? { error } : {}) }
  }

  /** Gemini breaks a stream off with an error that is no event of it. */
  private errorAtEnd(): ProviderError | undefined {
    if (this.ended || this.framing !== 'events') return undefined
    const last = this.tail
      .trimEnd()
      .split(/\r?\n\r?\n/)
      .at(-1)!
    const found = parseJson(this.mask.text(last))
    const [only] = Array.isArray(found) ? found : [found]
    return isObject(only) ? errorPiece(only)?.error : undefined
  }

  private take(said: string, name?: string): void {
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
    const error = piece.error ?? (name === 'error' ? errorIn(event) : undefined)
    if (error) this.error = error
    this.pieces.push(this.mask.piece(piece))
  }
}
