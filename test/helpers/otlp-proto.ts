// Writes OTLP/JSON as OTLP protobuf, as an exporter does: fields in the order of their numbers, absent ones left out.

type Json = { readonly [name: string]: unknown }

/** An ExportTraceServiceRequest, ExportLogsServiceRequest or ExportMetricsServiceRequest. */
export function encodeRequest(request: object): Buffer {
  const { resourceSpans, resourceLogs, resourceMetrics } = request as Record<string, readonly Json[] | undefined>
  return Buffer.concat([
    ...(resourceSpans ?? []).map(group => bytes(1, encodeGroup(group, group['scopeSpans'], 'spans', encodeSpan))),
    ...(resourceLogs ?? []).map(group => bytes(1, encodeGroup(group, group['scopeLogs'], 'logRecords', encodeLog))),
    ...(resourceMetrics ?? []).map(group =>
      bytes(1, encodeGroup(group, group['scopeMetrics'], 'metrics', encodeMetric)),
    ),
  ])
}

/** Messages with four bytes of length before each, as the collector's file exporter writes them. */
export function frame(messages: readonly Buffer[]): Buffer {
  return Buffer.concat(
    messages.flatMap(message => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(message.length)
      return [length, message]
    }),
  )
}

export function varint(value: bigint | number): Buffer {
  const out: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128)
  return Buffer.from([...out, Number(rest)])
}

export function bytes(field: number, content: Uint8Array): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content])
}

const nothing = Buffer.alloc(0)

const text = (field: number, value: unknown): Buffer =>
  typeof value === 'string' && value !== '' ? bytes(field, Buffer.from(value)) : nothing
const number = (field: number, value: unknown): Buffer =>
  typeof value === 'number' && value !== 0 ? Buffer.concat([varint(field << 3), varint(value)]) : nothing
const id = (field: number, value: unknown): Buffer =>
  typeof value === 'string' && value !== '' ? bytes(field, Buffer.from(value, 'hex')) : nothing

export function fixed64(field: number, value: unknown): Buffer {
  if (typeof value !== 'string') return nothing
  const out = Buffer.alloc(8)
  out.writeBigUInt64LE(BigInt(value))
  return Buffer.concat([varint((field << 3) | 1), out])
}

function fixed32(field: number, value: unknown): Buffer {
  if (typeof value !== 'number') return nothing
  const out = Buffer.alloc(4)
  out.writeUInt32LE(value)
  return Buffer.concat([varint((field << 3) | 5), out])
}

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const attributes = (field: number, written: unknown): Buffer =>
  Buffer.concat(list(written).map(pair => bytes(field, encodePair(pair))))

function encodePair(pair: Json): Buffer {
  return Buffer.concat([text(1, pair['key']), bytes(2, encodeValue(object(pair['value'])))])
}

export function encodeValue(value: Json): Buffer {
  const [kind, content] = Object.entries(value)[0] ?? []
  switch (kind) {
    case 'stringValue':
      return bytes(1, Buffer.from(String(content)))
    case 'boolValue':
      return Buffer.from([2 << 3, content === true ? 1 : 0])
    case 'intValue':
      return Buffer.concat([varint(3 << 3), varint(BigInt(content as string | number))])
    case 'doubleValue': {
      const out = Buffer.alloc(9, (4 << 3) | 1)
      out.writeDoubleLE(Number(content), 1)
      return out
    }
    case 'arrayValue':
      return bytes(5, Buffer.concat(list(object(content)['values']).map(item => bytes(1, encodeValue(item)))))
    case 'kvlistValue':
      return bytes(6, attributes(1, object(content)['values']))
    case 'bytesValue':
      return bytes(7, Buffer.from(String(content), 'base64'))
    default:
      return nothing
  }
}

function encodeGroup(group: Json, scopes: unknown, items: string, encode: (item: Json) => Buffer): Buffer {
  const resource = object(group['resource'])
  return Buffer.concat([
    bytes(1, Buffer.concat([attributes(1, resource['attributes']), number(2, resource['droppedAttributesCount'])])),
    ...list(scopes).map(scope =>
      bytes(
        2,
        Buffer.concat([
          bytes(1, encodeScope(object(scope['scope']))),
          ...list(scope[items]).map(item => bytes(2, encode(item))),
          text(3, scope['schemaUrl']),
        ]),
      ),
    ),
    text(3, group['schemaUrl']),
  ])
}

function encodeScope(scope: Json): Buffer {
  return Buffer.concat([
    text(1, scope['name']),
    text(2, scope['version']),
    attributes(3, scope['attributes']),
    number(4, scope['droppedAttributesCount']),
  ])
}

export function encodeSpan(span: Json): Buffer {
  return Buffer.concat([
    id(1, span['traceId']),
    id(2, span['spanId']),
    text(3, span['traceState']),
    id(4, span['parentSpanId']),
    text(5, span['name']),
    number(6, span['kind']),
    fixed64(7, span['startTimeUnixNano']),
    fixed64(8, span['endTimeUnixNano']),
    attributes(9, span['attributes']),
    number(10, span['droppedAttributesCount']),
    ...list(span['events']).map(event => bytes(11, encodeEvent(event))),
    number(12, span['droppedEventsCount']),
    ...list(span['links']).map(link => bytes(13, encodeLink(link))),
    number(14, span['droppedLinksCount']),
    ...(span['status'] === undefined ? [] : [bytes(15, encodeStatus(object(span['status'])))]),
    fixed32(16, span['flags']),
  ])
}

function encodeEvent(event: Json): Buffer {
  return Buffer.concat([
    fixed64(1, event['timeUnixNano']),
    text(2, event['name']),
    attributes(3, event['attributes']),
    number(4, event['droppedAttributesCount']),
  ])
}

function encodeLink(link: Json): Buffer {
  return Buffer.concat([
    id(1, link['traceId']),
    id(2, link['spanId']),
    text(3, link['traceState']),
    attributes(4, link['attributes']),
    number(5, link['droppedAttributesCount']),
    fixed32(6, link['flags']),
  ])
}

const encodeStatus = (status: Json): Buffer => Buffer.concat([text(2, status['message']), number(3, status['code'])])

function encodeLog(log: Json): Buffer {
  return Buffer.concat([
    fixed64(1, log['timeUnixNano']),
    number(2, log['severityNumber']),
    text(3, log['severityText']),
    ...(log['body'] === undefined ? [] : [bytes(5, encodeValue(object(log['body'])))]),
    attributes(6, log['attributes']),
    number(7, log['droppedAttributesCount']),
    fixed32(8, log['flags']),
    id(9, log['traceId']),
    id(10, log['spanId']),
    fixed64(11, log['observedTimeUnixNano']),
    text(12, log['eventName']),
  ])
}

const encodeMetric = (metric: Json): Buffer => Buffer.concat([text(1, metric['name']), text(2, metric['description'])])
