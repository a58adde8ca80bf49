import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Span } from '../domain/span.ts'
import type { FieldRef } from './fields.ts'
import { fold } from './fold.ts'
import { nameMatcher } from './name-match.ts'
import { isWithin, type Leaf } from './plan.ts'
import { textMatcher } from './text-match.ts'
import { looseJson, textsOf, type ContentField, type SpanText } from './texts.ts'

// Questions that only a span's kept record answers.

/** A span that is asked several questions: its texts are made and folded once. */
export class ReadSpan {
  readonly span: Span
  private readonly filled: () => JsonValue | undefined
  private made: { readonly text: SpanText; readonly folded: string }[] | undefined

  /** `filled`: the values of its prompt's variables, where others are known than its file says. */
  constructor(span: Span, filled: () => JsonValue | undefined = () => span.prompt?.variables) {
    this.span = span
    this.filled = filled
  }

  get variables(): JsonValue | undefined {
    return this.filled()
  }

  get texts(): readonly { readonly text: SpanText; readonly folded: string }[] {
    return (this.made ??= textsOf(this.span).map(text => ({ text, folded: fold(text.text) })))
  }
}

/** The question as a function of a span. Fields that the store answers by itself are not asked here: false. */
export function readingTest(leaf: Leaf): (read: ReadSpan) => boolean {
  if (leaf.type === 'text') {
    const matches = textMatcher(leaf.match)
    const raw = leaf.match.type === 'regex'
    return ({ texts }) => texts.some(({ text, folded }) => holds(text, leaf.part) && matches(raw ? text.text : folded))
  }
  if (leaf.type === 'is') return ({ span }) => leaf.words.includes('streamed') && span.streamed === true
  if (leaf.type === 'listed') return () => false
  const test = valuesTest(leaf)
  return read => test(valuesOf(read, leaf.field))
}

/** A question about the values of a field. */
export type ValueLeaf = Extract<Leaf, { readonly type: 'has' | 'interval' | 'name' | 'value' }>

/** The same of what a span has under the field. */
export function valuesTest(leaf: ValueLeaf): (values: readonly (string | number)[]) => boolean {
  if (leaf.type === 'has') return values => values.length > 0
  const byName = leaf.type !== 'interval' && leaf.match ? nameMatcher(leaf.match) : undefined
  const { within } = leaf.type === 'name' ? { within: undefined } : leaf
  return values =>
    values.some(value => {
      const number = within && numberOf(value)
      return (number !== undefined && isWithin(number, within!)) || byName?.(String(value)) === true
    })
}

function holds({ fields }: SpanText, part: ContentField | 'any'): boolean {
  return part === 'any' || fields.includes(part)
}

/** A text that is a number as people write them; over thirty digits in a row are an id (32 of a trace's may all be digits). */
function numberOf(value: string | number): number | undefined {
  if (typeof value === 'number') return value
  return /^[+-]?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,3})?$/i.test(value) ? Number(value) : undefined
}

/** What a span has under a field: any of them may be what is asked for. */
export function valuesOf(read: ReadSpan, { id, name = '' }: FieldRef): readonly (string | number)[] {
  const { span } = read
  switch (id) {
    case '@':
      return scalars(attributeOf(span.attributes, name) ?? attributeOf(span.resource ?? {}, name))
    case 'variable':
      return scalars(name === '' ? (read.variables ?? undefined) : attributeOf(asObject(read.variables), name))
    case 'span':
      return [span.id]
    case 'agent':
      return given(span.agent)
    case 'service':
      return scalars(span.resource?.['service.name'])
    case 'tag':
      return span.tags ?? []
    case 'finish':
      return span.finishReasons ?? []
    case 'operation':
      return given(span.operation)
    case 'response.id':
      return given(span.responseId)
    case 'temperature':
      return scalars(span.parameters?.['temperature'])
    case 'tool':
      return given(span.tool?.name ?? (span.kind === 'tool' ? span.name : undefined))
    case 'document':
      return (span.documents ?? []).flatMap(document => [
        ...given(document.id),
        ...given(document.title),
        ...given(document.uri),
      ])
    default:
      return read.texts.filter(({ text }) => text.fields.some(field => field === id)).map(({ text }) => text.text)
  }
}

export function given(value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [value]
}

/** Every item of a list is one of its values; a structure is the text a reader sees. */
export function scalars(value: JsonValue | undefined): readonly (string | number)[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'string' || typeof value === 'number') return [value]
  if (Array.isArray(value)) return value.flatMap(item => (Array.isArray(item) ? [looseJson(item)] : scalars(item)))
  return [looseJson(value)]
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

/** By its whole name, else through structures: `a.b.c` may be `c` inside `a.b`. */
function attributeOf(attributes: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name]
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const head = name.slice(0, dot)
    if (!Object.hasOwn(attributes, head)) continue
    const found = attributeOf(asObject(attributes[head]), name.slice(dot + 1))
    if (found !== undefined) return found
  }
  return undefined
}
