import { findBodies, type FoundBody } from '../conventions/bodies/find-bodies.ts'
import { asWord, isList, isObject, toJson } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Attributes, AttributeValue, RawSpan } from '../domain/raw-span.ts'
import { findAddress, dialectAt } from './address.ts'
import { dialectOf, dialectOfApi } from './dialects/index.ts'
import { wordSet } from './dialects/shared.ts'
import type { Dialect } from './dialects/dialect.ts'
import { namesAt, removeValue, setValue, valueAt } from './json-edit.ts'
import { printAttribute } from './print-attribute.ts'
import { isOption } from './spellings.ts'

/** A body that stands in the log. */
export interface ExactBody {
  readonly dialect: Dialect
  readonly text: string
  readonly body: JsonObject
  /** Where it stands. */
  readonly from: string
  /** It stands there as JSON rather than as a text, so that the store printed it. */
  readonly printed: boolean
  /** What stood in it that is no field of a request, and is not in it any more. */
  readonly cut: readonly string[]
  /** Fields of the record that it stood among, which are not its own. */
  readonly left: readonly string[]
}

/** Messages as others than the dialects write them: LangChain's, AI SDK's. */
const foreign = ['lc', 'kwargs', 'additional_kwargs', 'parts', 'toolInvocations']

function isWire(body: JsonObject, dialect: Dialect): boolean {
  const list = body[dialect.id === 'openai-responses' ? 'input' : 'messages']
  const items = isList(list) ? list : []
  if (dialect.id === 'gemini') return dialect.isWhole(body)
  if (dialect.isWhole(body)) return true
  const model = typeof body['model'] === 'string' || isObject(body['prompt'])
  // A kind of part or item that is not known yet is taken as it is, if it is written as these are.
  return (
    model && items.length > 0 && items.every(isLikeWire) && dialect.required.every(name => body[name] !== undefined)
  )
}

function isLikeWire(item: JsonValue): boolean {
  if (!isObject(item) || foreign.some(name => name in item)) return false
  if (typeof item['role'] !== 'string' && typeof item['type'] !== 'string') return false
  const { content } = item
  return !isList(content) || content.every(part => isObject(part) && !(asWord(part['type']) ?? '-').includes('-'))
}

/** In a record that is a request and more, these may be anybody's. */
const ambiguous = wordSet(
  'metadata user usage provider models route reasoning thinking moderation plugins text prompt',
  'image store include labels audio echo container conversation service_tier grammar ttl',
)

/** The request in a record, where the record has it as it was sent. `records`: the texts that the span was read from. */
export function findExact(raw: RawSpan, records: readonly string[]): ExactBody | undefined {
  const { request, response } = findBodies(raw.attributes)
  if (!request) return undefined
  const isRecord = request.path === '' && !request.spelled
  if (!isRecord) return found(raw, request, response?.api.id, records)
  if (raw.dialect === 'provider-bodies' || raw.dialect === undefined) return mixed(raw, request, response?.api.id)
  // What only looks like a request may hold one.
  for (const name of Object.keys(raw.attributes)) {
    const one = findBodies(alone(name, raw.attributes[name]!))
    const inner = one.request && found(raw, one.request, (one.response ?? response)?.api.id, records)
    if (inner) return inner
  }
  return undefined
}

function alone(name: string, value: AttributeValue): Attributes {
  return Object.assign(Object.create(null) as Record<string, AttributeValue>, { [name]: value })
}

function found(
  raw: RawSpan,
  request: FoundBody,
  answeredBy: string | undefined,
  records: readonly string[],
): ExactBody | undefined {
  const whole = toJson(request.body) as JsonObject
  const dialect = chooseDialect(request, whole, answeredBy, findAddress(raw)?.path)
  if (!dialect) return undefined
  const options = Object.keys(whole).filter(
    name => !dialect.fields.has(name) && (isOption(name) || name === 'extra_body'),
  )
  const body = Object.fromEntries(Object.entries(whole).filter(([name]) => !options.includes(name)))
  if (!isWire(body, dialect)) return undefined
  const { spelled } = request
  const place = spelled && valueAt(spelled.text, spelled.at)
  const written = spelled
    ? spelled.at.length === 0
      ? spelled.text
      : place && spelled.text.slice(place.start, place.end)
    : printedBody(request, records)
  if (written === undefined) return undefined
  const text = options.reduce(cutOption, written)
  return { dialect, text, body, from: request.path, printed: !spelled, cut: options, left: [] }
}

/** A record whose fields are those of a request, and perhaps more. */
function mixed(raw: RawSpan, request: FoundBody, answeredBy: string | undefined): ExactBody | undefined {
  const whole = toJson(request.body) as JsonObject
  const dialect = chooseDialect(request, whole, answeredBy, findAddress(raw)?.path)
  if (!dialect) return undefined
  const names = Object.keys(whole).filter(name => whole[name] !== undefined)
  const left = names.filter(name => !dialect.fields.has(name))
  const isBare = left.length === 0
  const kept = isBare
    ? names
    : names.filter(name => dialect.fields.has(name) && !ambiguous.has(name) && whole[name] !== null)
  const body = Object.fromEntries(kept.map(name => [name, whole[name]!]))
  if (!isWire(body, dialect)) return undefined
  const { attributes } = raw
  const text = printAttribute(Object.fromEntries(kept.map(name => [name, attributes[name]!])))
  return {
    dialect,
    text,
    body,
    from: '',
    printed: true,
    cut: [],
    left: isBare ? [] : names.filter(name => !kept.includes(name)),
  }
}

/** `extra_body` is what a library adds to the body. */
function cutOption(text: string, name: string): string {
  const place = name === 'extra_body' ? valueAt(text, [name]) : undefined
  const cut = removeValue(text, [name])
  const inner = place && text.slice(place.start, place.end)
  return (inner === undefined ? [] : (namesAt(inner, []) ?? [])).reduce((made, own) => {
    const value = valueAt(inner!, [own])!
    return setValue(made, [own], inner!.slice(value.start, value.end)) ?? made
  }, cut)
}

function chooseDialect(
  request: FoundBody,
  body: JsonObject,
  answeredBy: string | undefined,
  path: string | undefined,
): Dialect | undefined {
  const addressed = path === undefined ? undefined : dialectAt(path)
  if (addressed && isWire(body, addressed)) return addressed
  const answered = answeredBy === undefined ? undefined : dialectOfApi(answeredBy)
  if (answered && isWire(body, answered)) return answered
  const found = dialectOfApi(request.api.id)
  // Gateways take any model's messages in OpenAI's shape.
  if (
    found?.id === 'anthropic' &&
    !isWire(body, found) &&
    isWire(body, dialectOf('openai-chat')) &&
    body['system'] === undefined
  )
    return dialectOf('openai-chat')
  return found
}

/** What is in a record as JSON, in the record's own characters where they can be found. */
function printedBody({ body, path }: FoundBody, records: readonly string[]): string {
  const names = path.split('.')
  const printed = printAttribute(body)
  for (const record of records) {
    for (const at of [names, names.slice(1)]) {
      const place = at.length === 0 ? undefined : valueAt(record, at)
      const text = place && record.slice(place.start, place.end)
      if (text !== undefined && isSameJson(text, printed)) return text
    }
  }
  return printed
}

function isSameJson(text: string, printed: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(JSON.parse(printed))
  } catch {
    return false
  }
}
