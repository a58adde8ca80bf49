import { gzipSync } from 'node:zlib'

/**
 * Writes requests as the OpenTelemetry collector's file exporter does: protobuf's JSON
 * mapping with hexadecimal ids, 64-bit integers as strings, absent instead of zero,
 * an empty `parentSpanId` on roots, and Go's escaping of angle brackets and ampersands.
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/fileexporter
 */
function anyValue(value) {
  if ('intValue' in value) return { intValue: String(value.intValue) }
  if ('arrayValue' in value) return { arrayValue: { values: (value.arrayValue.values ?? []).map(anyValue) } }
  if ('kvlistValue' in value) return { kvlistValue: { values: attributesOf(value.kvlistValue.values) } }
  if ('stringValue' in value) return { stringValue: neutral(value.stringValue) }
  return value
}

const attributesOf = list => (list ?? []).map(({ key, value }) => ({ key, value: anyValue(value) }))

/**
 * Stack traces name the folder the capture ran in. Frames of Node itself are dropped, since
 * they differ between its versions, and so are the capture's own; the rest are set under /app.
 */
function neutral(text) {
  if (!/\n\s+at /.test(text)) return text
  const frames = text.split('\n').filter(line => !/\bnode:|<anonymous>|\/(capture|telemetry)\.mjs/.test(line))
  return frames
    .map(line => line.replace(/(?:file:\/\/)?\/[^\s()]*?\/node_modules\//, '/app/node_modules/'))
    .map(line => line.replace(/(?:file:\/\/)?\/[^\s()]*?\/test\/capture\//, '/app/src/'))
    .join('\n')
}

function spanOf(span) {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? '',
    ...(span.flags ? { flags: span.flags } : {}),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: String(span.startTimeUnixNano),
    endTimeUnixNano: String(span.endTimeUnixNano),
    ...(span.attributes.length ? { attributes: attributesOf(span.attributes) } : {}),
    ...(span.events.length ? { events: span.events.map(eventOf) } : {}),
    status: statusOf(span.status),
  }
}

const eventOf = event => ({
  timeUnixNano: String(event.timeUnixNano),
  name: event.name,
  ...(event.attributes.length ? { attributes: attributesOf(event.attributes) } : {}),
})

const statusOf = status => ({
  ...(status.message ? { message: neutral(status.message) } : {}),
  ...(status.code ? { code: status.code } : {}),
})

export function toCollectorLine(request) {
  const value = {
    resourceSpans: request.resourceSpans.map(({ resource, scopeSpans }) => ({
      resource: { attributes: attributesOf(resource.attributes) },
      scopeSpans: scopeSpans.map(({ scope, spans }) => ({
        scope: scope.version ? { name: scope.name, version: scope.version } : { name: scope.name },
        spans: spans.map(spanOf),
      })),
    })),
  }
  const escapes = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' }
  return JSON.stringify(value).replace(/[<>&]/g, sign => escapes[sign])
}

/** A gzip header holds a time and the system's name; without both, equal text is equal bytes. */
export function gzipLines(lines) {
  const bytes = gzipSync(`${lines.join('\n')}\n`, { level: 9 })
  bytes.fill(0, 4, 8)
  bytes[9] = 255
  return bytes
}
