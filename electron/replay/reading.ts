import type { ResponseContent } from '../../shared/conventions/bodies/provider-api.ts'
import { parseJson } from '../../shared/conventions/json-text.ts'
import { isObject } from '../../shared/conventions/values.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { JsonValue } from '../../shared/domain/json.ts'
import type { Dialect } from '../../shared/replay/dialects/dialect.ts'
import { errorIn, type Piece, type ProviderError } from '../../shared/replay/pieces.ts'
import type { Mask } from './mask.ts'
import type { Answer, Limits } from './send.ts'
import { StreamedAnswer } from './streamed-answer.ts'

interface Head {
  readonly statusCode?: number | undefined
  readonly headers: { readonly [name: string]: string | string[] | undefined }
}

/** The body of an answer while it comes in. */
export class Reading {
  readonly isStream: boolean
  private readonly stream: StreamedAnswer | undefined
  private readonly chunks: Buffer[] = []
  private readonly dialect: Dialect
  private readonly most: number
  private readonly mask: Mask
  /** It was asked to pack nothing. */
  private readonly packing: string | undefined
  private bytes = 0

  constructor({ headers, statusCode = 0 }: Head, dialect: Dialect, limits: Limits, mask: Mask, began: number) {
    const type = /^[^;\s]*/.exec(String(headers['content-type'] ?? ''))![0].toLowerCase()
    const framing =
      type === 'text/event-stream'
        ? 'events'
        : /^application\/(?:x-)?(?:ndjson|jsonl)$/.test(type)
          ? 'lines'
          : undefined
    const packing = String(headers['content-encoding'] ?? 'identity')
    this.packing = packing === 'identity' || packing === '' ? undefined : packing.slice(0, 100)
    this.stream =
      framing && statusCode < 300 && !this.packing
        ? new StreamedAnswer(dialect, framing, limits.line, mask, began)
        : undefined
    this.isStream = this.stream !== undefined
    this.dialect = dialect
    this.most = limits.answer
    this.mask = mask
  }

  /** The end mark of a stream came: what comes after it, or does not, takes nothing from the answer. */
  get isOver(): boolean {
    return this.stream?.isOver ?? false
  }

  push(chunk: Buffer): Piece[] {
    this.bytes += chunk.length
    if (this.bytes > this.most)
      throw new InspectorError(
        'replay/too-long',
        `The answer is longer than ${this.most >> 20} MB; it was cut off there.`,
      )
    if (this.stream) return this.stream.push(chunk)
    this.chunks.push(chunk)
    return []
  }

  finish(): Piece[] {
    return this.stream?.finish() ?? []
  }

  end(
    httpStatus: number,
    broken: InspectorError | undefined,
  ): Pick<Answer, 'outcome' | 'error' | 'body' | 'stream' | 'isAnswer'> {
    if (this.stream) {
      const { error, ended } = this.stream
      const whole = this.stream.whole()
      const why = broken ? wireOf(broken, this.mask) : error ? told(error, this.mask) : ended ? undefined : noEnd
      return { outcome: outcomeOf(broken, why), ...(why ? { error: why } : {}), ...whole, isAnswer: true }
    }
    const body = this.mask.text(Buffer.concat(this.chunks).toString('utf8'))
    const parsed = parseJson(body)
    if (broken) return { outcome: outcomeOf(broken, broken), error: wireOf(broken, this.mask), body, isAnswer: false }
    const refusal = httpStatus >= 400 || (isObject(parsed) && 'error' in parsed) ? errorIn(parsed) : undefined
    if (refusal) return { outcome: 'refused', error: told(refusal, this.mask, httpStatus), body, isAnswer: false }
    if (httpStatus >= 400) {
      const message = `The server answered ${httpStatus} and did not say why in a way that is understood.`
      return { outcome: 'refused', error: { code: String(httpStatus), message }, body, isAnswer: false }
    }
    const wrong = this.wrongWith(parsed, body)
    if (wrong)
      return {
        outcome: 'incomplete',
        error: { code: 'replay/malformed', message: this.mask.text(wrong) },
        body,
        isAnswer: false,
      }
    return { outcome: 'ok', body, isAnswer: true }
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

function saysAnything({ messages = [] }: ResponseContent): boolean {
  return messages.some(({ parts }) => parts.length > 0)
}

function outcomeOf(broken: InspectorError | undefined, why: unknown): Answer['outcome'] {
  return broken?.code === 'cancelled' ? 'cancelled' : why === undefined ? 'ok' : 'incomplete'
}

function wireOf({ code, message }: InspectorError, mask: Mask): { code: string; message: string } {
  return { code, message: mask.text(message) }
}

const noEnd = { code: 'replay/no-end', message: 'The stream ended without its end mark: the answer may not be whole.' }

function told({ type, message }: ProviderError, mask: Mask, httpStatus?: number): { code: string; message: string } {
  return {
    code: mask.text(type ?? String(httpStatus ?? 'error')).slice(0, 200),
    message: mask.text(message).slice(0, 10_000),
  }
}
