import type { AttributeValue, DeferredText } from '../../domain/raw-span.ts'
import { isDeferred } from '../values.ts'

/** A text that arrives in pieces. It is put together when somebody reads it: a piece may be deferred. */
export class TextPieces {
  private readonly pieces: (string | DeferredText)[] = []

  add(value: unknown): void {
    if (typeof value === 'string' ? value !== '' : isDeferred(value)) this.pieces.push(value as string | DeferredText)
  }

  get value(): string | DeferredText {
    const { pieces } = this
    if (pieces.length === 0) return ''
    if (pieces.length === 1) return pieces[0]!
    return {
      deferred: true,
      read: () => pieces.map(piece => (typeof piece === 'string' ? piece : piece.read())).join(''),
    }
  }
}

/** Without a prototype: its names come from files. */
export function nullFree(): Record<string, AttributeValue> {
  return Object.create(null) as Record<string, AttributeValue>
}

/** Adds a piece under a name: texts grow, lists grow, anything else is what was said last. */
export function append(
  texts: Map<string, TextPieces>,
  into: Record<string, AttributeValue>,
  name: string,
  value: AttributeValue,
): void {
  if (typeof value === 'string' || isDeferred(value)) {
    let text = texts.get(name)
    if (!text) texts.set(name, (text = new TextPieces()))
    text.add(value)
  } else if (Array.isArray(value)) {
    const list = Array.isArray(into[name]) ? (into[name] as AttributeValue[]) : []
    for (const item of value as readonly AttributeValue[]) list.push(item)
    into[name] = list
  } else into[name] = value
}
