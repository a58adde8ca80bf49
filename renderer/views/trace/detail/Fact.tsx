import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { Value } from '../../../components/value/Value.tsx'
import { Pair } from './Block.tsx'

interface Props {
  readonly name: string
  readonly span: Span
  /** The field of the span, for where it was read from. */
  readonly of?: keyof Span
  readonly value: JsonValue | undefined
  /** What the query language calls it; without one the value can still be copied. */
  readonly asked?: string
}

/** One fact in a line, with the attribute it was read from; nothing where the file does not say. */
export function Fact({ name, span, of, value, asked = '' }: Props) {
  if (value === undefined) return null
  const written = typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <Pair name={name} aside={of && readFrom(span, of)}>
      <Value field={asked} value={written}>
        {visibleLine(written, 2000)}
      </Value>
    </Pair>
  )
}

/** In words: which attribute or rule gave a field. */
export function readFrom(span: Span, field: keyof Span): string | undefined {
  const by = span.readBy?.[field]
  if (by === undefined) return undefined
  if (by === 'nothing') return 'nothing in the file says'
  return `read from ${visibleLine(by, 200) || 'the record itself'}`
}
