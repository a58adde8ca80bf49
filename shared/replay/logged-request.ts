import { isObject } from '../conventions/values.ts'
import type { JsonObject } from '../domain/json.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { buildBody } from './build-body.ts'
import type { Dialect } from './dialects/dialect.ts'
import { noteDangling, noteDoubts } from './doubts.ts'
import { dialectAt, findAddress } from './address.ts'
import { findExact, type ExactBody } from './exact.ts'
import { loggedHeaders, versionOf } from './headers.ts'
import { callOfSpan, noteCut, noteUntold, type SpanCall } from './span-call.ts'
import { dialectOfSpan } from './span-dialect.ts'
import { Notes, type DialectId, type Grade, type NeutralCall, type ReceiptLine } from './types.ts'

/** The request of a call as the log has it, before anybody changes it or says where it goes. */
export interface LoggedRequest {
  readonly grade: Grade
  readonly dialect: DialectId
  readonly model?: string
  readonly stream?: boolean
  /** The provider that was asked, as the span names it. */
  readonly provider?: string
  /** Headers that say how the body is read. */
  readonly headers: { readonly [name: string]: string }
  readonly body: string
  readonly receipt: readonly ReceiptLine[]
}

/** Why there is no request: spans that are no calls of a model. */
export interface NoRequest {
  readonly none: string
}

/** `records`: the texts that the span was read from, for a body's own characters. */
export function requestAsLogged(raw: RawSpan, records: readonly string[] = []): LoggedRequest | NoRequest {
  const read = callOfSpan(raw)
  const { kind } = read.span
  const exact = findExact(raw, records)
  if (kind !== 'generation') return { none: `It is of kind ${kind}: only a call of a model has a request.` }
  const notes = new Notes()
  const address = findAddress(raw)
  const made = exact ? fromLog(exact, read, notes) : fromSpan(raw, addressedTo(read, address?.path), notes)
  const { dialect, text, body } = made
  const atAddress = address && dialectAt(address.path) === dialect ? address.path : undefined
  const model = modelOf(body, atAddress) ?? read.call.model
  const stream = dialect.streamInBody
    ? streamIn(body)
    : atAddress === undefined
      ? read.call.stream
      : /:stream/i.test(atAddress)
  if (!dialect.streamInBody && model !== undefined && exact) notes.add('log', 'model', 'in the address')
  noteDoubts(body, notes)
  noteDangling(body, dialect, notes)
  const headers = headersOf(raw, dialect, body, notes)
  const isExact = exact !== undefined && exact.cut.length === 0 && exact.left.length === 0
  return {
    grade: notes.lossy ? 'C' : isExact ? 'A' : 'B',
    dialect: dialect.id,
    ...(model === undefined ? {} : { model }),
    ...(stream === undefined ? {} : { stream }),
    ...(read.span.provider === undefined ? {} : { provider: read.span.provider }),
    headers,
    body: text,
    receipt: notes.lines,
  }
}

interface Made {
  readonly dialect: Dialect
  readonly text: string
  readonly body: JsonObject
}

function fromLog(exact: ExactBody, { call }: SpanCall, notes: Notes): Made {
  const { dialect, text, body, from, printed, cut, left } = exact
  const where = from === '' ? 'the record itself' : from
  notes.add(
    'log',
    'body',
    printed ? `as JSON in ${where}: white space and the spelling of numbers are the store's` : `the text of ${where}`,
  )
  for (const name of Object.keys(body)) notes.add('log', name, `in ${where}`)
  for (const name of cut) notes.left(name, 'said to a library rather than in the request')
  for (const name of left) notes.left(name, 'taken for a field of the record around the request')
  noteConflicts(body, call, notes)
  return { dialect, text, body }
}

/** An address may name the model that was asked where nothing else does. */
function addressedTo(read: SpanCall, path: string | undefined): SpanCall {
  const { isAnswering, ...call } = read.call
  const model = isAnswering ? modelOf({}, path) : undefined
  return model === undefined ? read : { ...read, call: { ...call, model } }
}

/** The body is what was sent. What else the log says of it may differ, and is told. */
function noteConflicts(body: JsonObject, { model, parameters }: NeutralCall, notes: Notes): void {
  const own = body['model']
  if (typeof own === 'string' && model !== undefined && model !== own)
    notes.add('log', 'model', `elsewhere the log says ${shortened(model)}; the body is what was sent`)
  for (const [name, value] of Object.entries(parameters)) {
    const sent = body[name]
    const isPlain = typeof value === 'number' || typeof value === 'boolean'
    if (isPlain && (typeof sent === 'number' || typeof sent === 'boolean') && sent !== value)
      notes.add('log', name, `elsewhere the log says ${value}; the body is what was sent`)
  }
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100).toWellFormed()}…` : text
}

function fromSpan(raw: RawSpan, read: SpanCall, notes: Notes): Made {
  const { dialect, why, isGuess } = dialectOfSpan(read, raw)
  if (isGuess) notes.lost('dialect', why)
  else notes.add('rebuilt', 'dialect', why)
  const built = buildBody(read.call, dialect)
  for (const line of built.notes.lines) notes.lines.push(line)
  if (built.notes.lossy) notes.lossy = true
  if (read.isPlain) notes.lost(dialect.conversation, 'the log has one text: which messages it was sent in is not known')
  noteCut(raw, notes)
  noteUntold(raw, read.call, notes)
  return { dialect, text: JSON.stringify(built.body), body: built.body }
}

function modelOf(body: JsonObject, address: string | undefined): string | undefined {
  const named = address === undefined ? undefined : /\/models\/([^/:?#]+)(?::|$)/.exec(address)?.[1]
  if (named !== undefined) return decoded(named)
  return typeof body['model'] === 'string' ? body['model'] : undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function streamIn(body: JsonObject): boolean | undefined {
  return typeof body['stream'] === 'boolean' ? body['stream'] : undefined
}

function headersOf(
  raw: RawSpan,
  dialect: Dialect,
  body: JsonObject,
  notes: Notes,
): { readonly [name: string]: string } {
  const headers: Record<string, string> = {}
  const logged = loggedHeaders(raw.attributes)
  const own = dialect.id === 'anthropic' ? /^anthropic-/ : dialect.id.startsWith('openai') ? /^openai-/ : /^$/
  for (const [name, { value, from }] of logged) {
    // Bedrock and Vertex say their own version in the body.
    if (!own.test(name) || /^(?:bedrock|vertex)-/.test(value)) continue
    headers[name] = value
    notes.add('log', `headers.${name}`, from)
  }
  if (dialect.id === 'anthropic' && headers['anthropic-version'] === undefined) {
    const { version, note, isKnown } = versionOf(raw.start, body)
    headers['anthropic-version'] = version
    notes.add(isKnown ? 'rebuilt' : 'default', 'headers.anthropic-version', note)
  }
  if (
    dialect.id === 'anthropic' &&
    headers['anthropic-beta'] === undefined &&
    isObject(body['context_management'] ?? body['mcp_servers'])
  )
    notes.left('headers.anthropic-beta', 'not in the log; parts of this request may ask for one')
  return headers
}
