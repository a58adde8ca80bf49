import { asLabel } from '../../../shared/conventions/values.ts'
import { allOwnNames, exportedMarks, ownNames } from '../../../shared/domain/own-names.ts'
import type { Attributes, AttributeValue, RawLink, RawSpan } from '../../../shared/domain/raw-span.ts'
import { emptyAttributes } from '../format.ts'

/**
 * A span that Spanwise exported has the ids again that OTLP has no room for, and says no more than it did. `seal`: what it
 * was sealed with (../seal.ts).
 */
export function asExported(raw: RawSpan): RawSpan {
  const seal = raw.attributes[ownNames.seal]
  if (typeof seal !== 'string') return raw
  const { parentId: written, ...rest } = raw
  const parentId = idIn(raw.attributes, ownNames.parentId) ?? written
  return {
    ...rest,
    traceId: idIn(raw.attributes, ownNames.traceId) ?? raw.traceId,
    spanId: idIn(raw.attributes, ownNames.spanId) ?? raw.spanId,
    ...(parentId === undefined ? {} : { parentId }),
    attributes: without(raw.attributes),
    links: raw.links.map(linkOf),
    seal,
  }
}

function linkOf(link: RawLink): RawLink {
  return {
    traceId: idIn(link.attributes, ownNames.traceId) ?? link.traceId,
    spanId: idIn(link.attributes, ownNames.spanId) ?? link.spanId,
    attributes: without(link.attributes),
  }
}

function idIn(attributes: Attributes, name: string): string | undefined {
  return asLabel(attributes[name])
}

/** That a request was given back is read like any other attribute. */
function without(attributes: Attributes): Attributes {
  const kept: Record<string, AttributeValue> = emptyAttributes()
  for (const name of Object.keys(attributes)) {
    if (!allOwnNames.has(name) || exportedMarks.some(mark => name === ownNames[mark])) kept[name] = attributes[name]!
  }
  return kept
}
