// Recorded HTTP traffic: HAR (http://www.softwareishard.com/blog/har-12-spec/; PollyJS adds fields) and nock
// (https://github.com/nock/nock#recording). Only exchanges with a model's interface become spans; others are counted.
// Headers and cookies carry credentials and are not kept, but for a few that say something about the call.

import { isDeferred } from '../../../shared/conventions/values.ts'
import { Buffer } from 'node:buffer'
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { findBodies, glanceAtBodies } from '../../../shared/conventions/bodies/find-bodies.ts'
import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts'
import type { Attributes, RawSpan } from '../../../shared/domain/raw-span.ts'
import { millisecondsToNano, parseTime } from '../../../shared/domain/times.ts'
import { rawNumber } from '../numbers.ts'
import { alone, stateless, type Certainty, type Defer, type RecordSink, type TraceFormat } from '../format.ts'
import { providerSpan } from './provider-span.ts'
import { isObject, listOf, plainAttributes, textIn, textOf, type Fields } from './values.ts'

const hosts =
  /(?:api\.openai\.com|openai\.azure\.com|api\.anthropic\.com|generativelanguage\.googleapis\.com|aiplatform\.googleapis\.com|bedrock-runtime\.|api\.(?:groq|mistral|deepseek|x|together|cohere|fireworks|perplexity)\.(?:com|ai|xyz)|openrouter\.ai|:11434)/i
const paths =
  /\/(?:chat\/completions|completions|responses|messages|embeddings|interactions|api\/chat|api\/generate)(?:[?#]|$)|:(?:stream)?generateContent|\/(?:converse|invoke)(?:-|[?#]|$)/i

const harmless = new Set([
  'content-type',
  'content-encoding',
  'request-id',
  'x-request-id',
  'openai-processing-ms',
  'openai-version',
  'anthropic-version',
  'user-agent',
])

/** Credentials that stand in an address. */
const inAddress = /([?&](?:key|api[-_]?key|token|access_token|sig|signature)=)[^&#]+/gi

/** Nor with a NUL at its beginning, which no address has: it would be taken for a reference. */
function withoutKeys(address: string): string {
  return address.replace(/^\0+/, '').replace(inAddress, '$1…')
}

function isModelAddress(address: string): boolean {
  return paths.test(address) || (hosts.test(address) && !/\/(?:models|files|batches)(?:[/?#]|$)/i.test(address))
}

// HAR

function readHar(record: JsonObject, sink: RecordSink): void {
  const log = record['log']
  let others = 0
  for (const entry of isObject(log) ? listOf(log['entries']) : []) {
    const kept = isObject(entry) ? keepEntry(entry, sink) : undefined
    if (kept) sink.span(kept, alone)
    else others++
  }
  if (others > 0) sink.skipped('HTTP exchanges without a model', others)
}

function keepEntry(entry: Fields, sink: RecordSink): object | undefined {
  const { request, response, startedDateTime, time } = entry
  if (!isObject(request) || !isObject(response)) return undefined
  const address = typeof request['url'] === 'string' ? sink.text(request['url']) : ''
  if (!isModelAddress(address) && glanceAtBodies(entry as Attributes).response === undefined) return undefined
  return {
    startedDateTime: startedDateTime ?? null,
    time: time ?? null,
    request: {
      method: request['method'] ?? null,
      url: withoutKeys(address),
      headers: keepHeaders(request['headers'], sink),
      postData: request['postData'] ?? null,
    },
    response: {
      status: response['status'] ?? null,
      statusText: response['statusText'] ?? null,
      headers: keepHeaders(response['headers'], sink),
      content: response['content'] ?? null,
    },
  }
}

/** `[{name, value}]`, or an object of them. */
function keepHeaders(written: unknown, sink: RecordSink): Record<string, unknown> {
  const kept = Object.create(null) as Record<string, unknown>
  const put = (name: unknown, value: unknown) => {
    const lower = typeof name === 'string' ? sink.text(name).toLowerCase() : ''
    if (harmless.has(lower)) kept[lower] = value
  }
  if (isObject(written)) for (const name of Object.keys(written)) put(name, written[name])
  else for (const header of listOf(written)) if (isObject(header)) put(header['name'], header['value'])
  return kept
}

function harSpan(record: object, _context: object, defer: Defer): RawSpan {
  const entry = record as Fields
  const attributes = withDecodedContent(plainAttributes(entry, defer))
  const response = isObject(entry['response']) ? entry['response'] : {}
  const start = parseTime(entry['startedDateTime'])
  const length = millisecondsToNano(rawNumber(entry['time']) ?? entry['time'])
  return exchange(attributes, {
    start: start?.ns,
    duration: length !== undefined && length >= 0n ? length : undefined,
    status: response['status'],
    name: nameOf(entry, isObject(entry['request']) ? textIn(entry['request']['url'], defer) : undefined),
  })
}

/** Bodies that were no text are written in base64. */
function withDecodedContent(attributes: Attributes): Attributes {
  const response = attributes['response'] as Attributes | undefined
  const content = response?.['content'] as Attributes | undefined
  const written = content?.['text']
  if (content?.['encoding'] !== 'base64' || !(typeof written === 'string' || isDeferred(written))) return attributes
  const text = Buffer.from(textOf(written), 'base64').toString('utf8')
  return { ...attributes, response: { ...response, content: { ...content, text } } }
}

// nock

function keepNock(record: Fields, sink: RecordSink): object {
  const { scope, method, path, body, status, response, responseIsBinary } = record
  return {
    scope: scope ?? null,
    method: method ?? null,
    path: typeof path === 'string' ? withoutKeys(sink.text(path)) : null,
    body: body ?? null,
    status: status ?? null,
    headers: keepHeaders(record['rawHeaders'] ?? record['headers'], sink),
    response: response ?? null,
    ...(responseIsBinary === undefined ? {} : { responseIsBinary }),
  }
}

function readNock(record: JsonObject, sink: RecordSink): void {
  const { scope, path } = record
  const address = `${typeof scope === 'string' ? sink.text(scope) : ''}${typeof path === 'string' ? sink.text(path) : ''}`
  if (isModelAddress(address)) sink.span(keepNock(record, sink), alone)
  else sink.skipped('HTTP exchanges without a model', 1)
}

function nockSpan(record: object, _context: object, defer: Defer): RawSpan {
  const written = record as Fields
  const response = decodeNock(written, defer)
  const attributes = plainAttributes(response === undefined ? written : { ...written, response: null }, defer)
  const whole = response === undefined ? attributes : { ...attributes, response }
  return exchange(whole, { status: written['status'], name: nameOf(written, textIn(written['path'], defer)) })
}

/** Compressed bodies are lists of hex texts. */
function decodeNock(record: Fields, defer: Defer): JsonValue | undefined {
  const { response } = record
  const list = Array.isArray(response) ? response : typeof response === 'string' ? [response] : []
  const hex = list.map(item => (typeof item === 'string' ? textIn(item, defer) : '') ?? '').join('')
  if (hex.length < 8 || hex.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(hex)) return undefined
  const headers = isObject(record['headers']) ? record['headers'] : {}
  const text = inflate(Buffer.from(hex, 'hex'), textIn(headers['content-encoding'], defer))
  return text
}

/** At most this much comes out of one recorded body. */
const maxOutputLength = 64 << 20

function inflate(bytes: Buffer, encoding: string | undefined): string | undefined {
  const limits = { maxOutputLength }
  try {
    if (encoding === 'br') return brotliDecompressSync(bytes, limits).toString('utf8')
    if (encoding === 'gzip') return gunzipSync(bytes, limits).toString('utf8')
    if (encoding === 'deflate') return inflateSync(bytes, limits).toString('utf8')
    if (encoding === 'zstd') return zstdDecompressSync(bytes, limits).toString('utf8')
    return bytes.toString('utf8')
  } catch {
    return undefined
  }
}

// Both

interface Exchange {
  readonly start?: bigint | undefined
  readonly duration?: bigint | undefined
  readonly status: unknown
  readonly name: string | undefined
}

function exchange(attributes: Attributes, { start, duration, status, name }: Exchange): RawSpan {
  const http = typeof status === 'number' ? status : undefined
  const failed = http !== undefined && (http >= 400 || http === 0)
  const { response } = findBodies(attributes)
  return providerSpan(attributes, {
    traceId: '',
    spanId: '',
    parentId: undefined,
    start,
    end: undefined,
    ...(duration === undefined ? {} : { duration }),
    ...(name === undefined ? {} : { name }),
    status: failed ? 'error' : response && !response.broken ? 'ok' : 'unset',
  })
}

function nameOf(record: Fields, address: string | undefined): string | undefined {
  const path = address === undefined ? undefined : /^(?:[a-z]+:\/\/[^/]+)?([^?#]*)/i.exec(address)?.[1]
  const request = isObject(record['request']) ? record['request'] : record
  const method = typeof request['method'] === 'string' ? request['method'] : 'POST'
  return path === undefined || path === '' ? undefined : `${method} ${path}`
}

export const har: TraceFormat = {
  id: 'har',
  label: 'HAR recording',
  detect(record): Certainty {
    const log = record['log']
    return isObject(log) && Array.isArray(log['entries']) ? 'certain' : 'no'
  },
  open: stateless(readHar),
  rawSpan: harSpan,
}

export const nock: TraceFormat = {
  id: 'nock',
  label: 'nock recording',
  detect: record =>
    'scope' in record && 'method' in record && 'path' in record && 'response' in record ? 'certain' : 'no',
  open: stateless(readNock),
  rawSpan: nockSpan,
}
