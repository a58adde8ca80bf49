/** The sample's spans as plain objects, for the script that describes it and the one that checks it. */
function plain(value) {
  if ('stringValue' in value) return value.stringValue
  if ('intValue' in value) return Number(value.intValue)
  if ('doubleValue' in value) return value.doubleValue
  if ('boolValue' in value) return value.boolValue
  if ('arrayValue' in value) return value.arrayValue.values.map(plain)
  return undefined
}

const attributes = list => Object.fromEntries((list ?? []).map(({ key, value }) => [key, plain(value)]))

export function readSpans(lines) {
  return lines.flatMap(line =>
    JSON.parse(line).resourceSpans.flatMap(({ resource, scopeSpans }) =>
      scopeSpans.flatMap(({ scope, spans }) =>
        spans.map(span => ({
          ...span,
          scope: scope.name,
          resource: attributes(resource.attributes),
          attributes: attributes(span.attributes),
          events: (span.events ?? []).map(event => ({ ...event, attributes: attributes(event.attributes) })),
          failed: span.status.code === 2,
          start: BigInt(span.startTimeUnixNano),
          end: BigInt(span.endTimeUnixNano),
        })),
      ),
    ),
  )
}
