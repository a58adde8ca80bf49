import { parseJson } from '../../shared/conventions/json-text.ts'
import { isObject, toJson } from '../../shared/conventions/values.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { JsonObject } from '../../shared/domain/json.ts'
import type { Dialect } from '../../shared/replay/dialects/dialect.ts'
import type { Piece, ProviderError } from '../../shared/replay/pieces.ts'
import { EventJoiner, LineCutter } from './lines.ts'

/** The end mark of those whose last event does not say that it is. */
const done = '[DONE]'

/** An answer that comes in pieces: events of a stream, or a JSON text a line. */
export class StreamedAnswer {
  /** Its end came: without it, it broke off. */
  ended = false
  error: ProviderError | undefined
  private readonly dialect: Dialect
  private readonly cutter: LineCutter
  private readonly joiner: EventJoiner | undefined
  private readonly mask: (text: string) => string
  private readonly events: JsonObject[] = []

  constructor(dialect: Dialect, framing: 'events' | 'lines', longestLine: number, mask: (text: string) => string) {
    this.dialect = dialect
    this.cutter = new LineCutter(longestLine)
    this.joiner = framing === 'events' ? new EventJoiner(longestLine) : undefined
    this.mask = mask
  }

  /** What these bytes add. Throws on what is no event. */
  push(bytes: Uint8Array): Piece[] {
    return this.cutter.push(bytes).flatMap(line => this.take(line))
  }

  /** What was not ended by a line's end: of an event stream nothing, as an event that was not ended never came. */
  finish(): Piece[] {
    const rest = this.cutter.end()
    return this.joiner || rest.trim() === '' ? [] : this.take(rest)
  }

  /** All that came, as the body that the provider would have sent at once. */
  body(): string {
    const { api } = this.dialect
    const made = api.assemble?.(this.events)
    return this.mask(JSON.stringify(made ? toJson(made.body) : this.events))
  }

  private take(line: string): Piece[] {
    const written = this.joiner ? this.joiner.push(line) : line
    if (written === undefined || written.trim() === '') return []
    if (written.trim() === done) {
      this.ended = true
      return []
    }
    const event = parseJson(this.mask(written))
    if (!isObject(event)) throw new InspectorError('replay/malformed', 'A piece of the answer is no JSON object.')
    this.events.push(event)
    const piece = this.dialect.readPiece(event)
    if (piece.end) this.ended = true
    if (piece.error) this.error = piece.error
    return [piece]
  }
}
