import { isEventStream } from '../../shared/conventions/bodies/event-stream.ts'
import { parseJson } from '../../shared/conventions/json-text.ts'
import { isObject } from '../../shared/conventions/values.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { JsonObject, JsonValue } from '../../shared/domain/json.ts'
import type { Dialect } from '../../shared/replay/dialects/dialect.ts'
import { errorIn, type Piece, type ProviderError } from '../../shared/replay/pieces.ts'
import type { Mask } from './mask.ts'
import { retryDelayIn } from './retry-after.ts'
import { saysAnything } from './says-anything.ts'
import type { Answer, Limits } from './send.ts'
import { StreamedAnswer, type Framing } from './streamed-answer.ts'

interface Head {
  readonly statusCode?: number | undefined
  readonly headers: { readonly [name: string]: string | string[] | undefined }
}

type Ending = Pick<Answer, 'outcome' | 'error' | 'retryAfter' | 'body' | 'stream' | 'isAnswer'>

/** What no stream begins with: a whole JSON, or a page. */
const isWhole: { readonly [framing in Framing]: RegExp } = {
  events: /^[\s\ufeff]*[{[<]/,
  lines: /^[\s\ufeff]*(?:[[<]|\{\s*[\r\n])/,
}

/** The body of an answer while it comes in. It is what it looks like, whatever its server calls it. */
export class Reading {
  private stream: StreamedAnswer | undefined
  /** What it is called, until something of it came. */
  private called: Framing | undefined
  private readonly chunks: Buffer[] = []
  private readonly dialect: Dialect
  private readonly limits: Limits
  private readonly mask: Mask
  private readonly began: number
  private readonly type: string
  /** It was asked to pack nothing. */
  private readonly packing: string | undefined
  private bytes = 0

  constructor({ headers, statusCode = 0 }: Head, dialect: Dialect, limits: Limits, mask: Mask, began: number) {
    this.dialect = dialect
    this.limits = limits
    this.mask = mask
    this.began = began
    this.type = /^[^;\s]*/.exec(String(headers['content-type'] ?? ''))![0].toLowerCase()
    const packing = String(headers['content-encoding'] ?? 'identity')
    this.packing = packing === 'identity' || packing === '' ? undefined : packing.slice(0, 100)
    this.called =
      statusCode >= 300 || this.packing
        ? undefined
        : this.type === 'text/event-stream'
          ? 'events'
          : /^application\/(?:x-)?(?:ndjson|jsonl)$/.test(this.type)
            ? 'lines'
            : undefined
    this.stream = this.called && this.open(this.called)
  }

  get isStream(): boolean {
    return this.stream !== undefined
  }

  /** The end mark of a stream came: what comes after it, or does not, takes nothing from the answer. */
  get isOver(): boolean {
    return this.stream?.isOver ?? false
  }

  push(chunk: Buffer): Piece[] {
    this.bytes += chunk.length
    if (this.bytes > this.limits.answer)
      throw new InspectorError(
        'replay/too-long',
        `The answer is longer than ${this.limits.answer >> 20} MB; it was cut off there.`,
      )
    const beginning = this.called && chunk.toString('utf8', 0, 100)
    if (this.called && beginning?.trim()) {
      if (isWhole[this.called].test(beginning)) this.stream = undefined
      this.called = undefined
    }
    if (this.stream) return this.stream.push(chunk)
    this.chunks.push(chunk)
    return []
  }

  finish(): Piece[] {
    return this.stream?.finish() ?? []
  }

  end(httpStatus: number, broken: InspectorError | undefined): Ending {
    if (this.stream) return this.endOf(this.stream, broken)
    const body = this.mask.text(new TextDecoder().decode(Buffer.concat(this.chunks)))
    if (broken) return { outcome: outcomeOf(broken, broken), error: wireOf(broken, this.mask), body, isAnswer: false }
    const parsed = this.packing === undefined ? parseJson(body) : undefined
    const late = this.packing === undefined ? this.lateStream(parsed, body) : undefined
    if (httpStatus >= 400 || this.isFailure(parsed)) {
      const refusal = errorIn(parsed) ?? late?.whole().error
      const error = refusal ? told(refusal, this.mask, httpStatus) : this.unexplained(httpStatus, body)
      const later = retryDelayIn(parsed)
      const wait = later === undefined ? {} : { retryAfter: later }
      if (refusal ?? httpStatus >= 400) return { outcome: 'refused', error, body, isAnswer: false, ...wait }
    }
    if (late) {
      // When its pieces came is not known any more.
      const { stream: _, ...came } = this.endOf(late, undefined)
      if (came.isAnswer || came.error?.code !== noEnd.code) return came
    }
    const wrong = this.wrongWith(parsed, body)
    if (wrong) {
      const error = { code: 'replay/malformed', message: this.mask.text(wrong) }
      return { outcome: 'incomplete', error, body, isAnswer: false }
    }
    const { unfinished } = this.dialect.api.responseFacts(parsed as JsonObject)
    return unfinished
      ? { outcome: 'incomplete', error: notDone, body, isAnswer: true }
      : { outcome: 'ok', body, isAnswer: true }
  }

  private open(framing: Framing, longestLine = this.limits.line): StreamedAnswer {
    return new StreamedAnswer(this.dialect, framing, longestLine, this.mask, this.began)
  }

  private endOf(stream: StreamedAnswer, broken: InspectorError | undefined): Ending {
    const { error, ...whole } = stream.whole()
    const why = broken
      ? wireOf(broken, this.mask)
      : error
        ? told(error, this.mask)
        : !stream.ended
          ? whole.body === ''
            ? noBeginning
            : noEnd
          : whole.isAnswer
            ? undefined
            : onlyEnd
    return { outcome: outcomeOf(broken, why), ...(why ? { error: why } : {}), ...whole }
  }

  /** A stream that its server calls something else, or wrote as one list. */
  private lateStream(parsed: JsonValue | undefined, body: string): StreamedAnswer | undefined {
    const list = Array.isArray(parsed) ? parsed.map(item => JSON.stringify(item)).join('\n') : undefined
    const isLines = list !== undefined || (parsed === undefined && /^\s*\{[^\n]*\}\s*\n\s*\{/.test(body))
    if (!isLines && !isEventStream(body)) return undefined
    const stream = this.open(isLines ? 'lines' : 'events', this.limits.answer)
    try {
      stream.push(Buffer.from(list ?? body))
      stream.finish()
      return stream
    } catch {
      return undefined
    }
  }

  /** A provider that answers, with 200, that it has none. */
  private isFailure(parsed: JsonValue | undefined): boolean {
    const [only] = Array.isArray(parsed) ? (parsed as readonly JsonValue[]) : [parsed]
    if (!isObject(only)) return false
    const { api } = this.dialect
    return 'error' in only || (api.isResponse(only) && api.responseFacts(only).failed !== undefined)
  }

  private unexplained(httpStatus: number, body: string): { code: string; message: string } {
    const said = this.type === 'text/plain' ? body.trim().slice(0, 300) : ''
    const why = said === '' ? ' and did not say why in a way that is understood.' : `: ${said}`
    return { code: String(httpStatus), message: `The server answered ${httpStatus}${why}` }
  }

  /** Why a body is no answer of this dialect. */
  private wrongWith(parsed: JsonValue | undefined, body: string): string | undefined {
    if (this.packing !== undefined)
      return `The answer is packed (${this.packing}), which it was asked not to be; it was not opened.`
    if (body.trim() === '') return 'The answer is empty.'
    if (parsed === undefined) return 'The answer is no JSON.'
    const { api } = this.dialect
    if (isObject(parsed) && (api.isResponse(parsed) || saysAnything(api.readResponse(parsed)))) return undefined
    return `The answer is JSON, but not as ${this.dialect.id} answers; is it what the server speaks?`
  }
}

function outcomeOf(broken: InspectorError | undefined, why: unknown): Answer['outcome'] {
  return broken?.code === 'cancelled' ? 'cancelled' : why === undefined ? 'ok' : 'incomplete'
}

function wireOf({ code, message }: InspectorError, mask: Mask): { code: string; message: string } {
  return { code, message: mask.text(message) }
}

const noEnd = { code: 'replay/no-end', message: 'The stream ended without its end mark: the answer may not be whole.' }
const noBeginning = { code: 'replay/no-end', message: 'The stream ended before anything of an answer came.' }
const notDone = { code: 'replay/no-end', message: 'The answer says of itself that it is not done.' }
const onlyEnd = { code: 'replay/malformed', message: 'The stream ended with nothing of an answer in it.' }

function told({ type, message }: ProviderError, mask: Mask, httpStatus?: number): { code: string; message: string } {
  return {
    code: mask.text(type ?? String(httpStatus ?? 'error')).slice(0, 200),
    message: mask.text(message).slice(0, 10_000),
  }
}
