import type { JsonObject, JsonValue } from '../../../../shared/domain/json.ts'
import type { Span } from '../../../../shared/domain/span.ts'

export interface Attribute {
  readonly name: string
  readonly value: JsonValue
  readonly group: string
  /** Characters of a value that did not come along; then `value` is null. */
  readonly heldBack?: number
}

export const groups = { span: 'Attributes', resource: 'Resource', scope: 'Scope' }

/** What the file said of a span, and of the resource and the scope it shares with others. */
export function attributesOf(span: Span): Attribute[] {
  const { name, version, attributes } = span.scope ?? {}
  const scope: [string, JsonValue][] = []
  if (name !== undefined) scope.push(['scope.name', name])
  if (version !== undefined) scope.push(['scope.version', version])
  return [
    ...entriesOf(span.attributes, groups.span),
    ...Object.entries(span.attributesHeldBack ?? {}).map(([name, heldBack]) => ({
      name,
      value: null,
      group: groups.span,
      heldBack,
    })),
    ...entriesOf(span.resource ?? {}, groups.resource),
    ...scope.map(([key, value]) => ({ name: key, value, group: groups.scope })),
    ...entriesOf(attributes ?? {}, groups.scope),
  ]
}

function entriesOf(attributes: JsonObject, group: string): Attribute[] {
  return Object.entries(attributes).map(([name, value]) => ({ name, value, group }))
}
