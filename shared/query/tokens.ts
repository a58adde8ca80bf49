import { scopes } from './ast.ts'
import { QueryFailure } from './errors.ts'
import { fieldOf, findField, isCompared } from './fields.ts'
import { Scanner, type WordPlace } from './scanner.ts'

// The parts of a query's text that a reader tells apart by colour. Unlike the parser it never gives up: what is half typed
// has colours too.

/** `text` is free text, `value` what stands behind a field. */
export type QueryTokenKind =
  | 'field'
  | 'scope'
  | 'keyword'
  | 'operator'
  | 'text'
  | 'value'
  | 'string'
  | 'regex'
  | 'plain'

export interface QueryToken {
  readonly kind: QueryTokenKind
  readonly text: string
}

/** In order and complete: their texts joined are the text. */
export function queryTokens(text: string): QueryToken[] {
  const scanner = new Scanner(text)
  const tokens: QueryToken[] = []
  const push = (kind: QueryTokenKind, from: number): void => {
    const written = text.slice(from, scanner.at)
    const before = tokens.at(-1)
    if (written === '') return
    if (before?.kind === kind && kind !== 'text') tokens[tokens.length - 1] = { kind, text: before.text + written }
    else tokens.push({ kind, text: written })
  }
  /** A regex, a string or a word; what is not closed goes to the end. */
  const literal = (word: QueryTokenKind, place: WordPlace): void => {
    const from = scanner.at
    const first = scanner.peek()
    try {
      if (first === '"') return (scanner.string(), push('string', from))
      if (scanner.regex(place)) return push('regex', from)
    } catch (caught) {
      scanner.at = caught instanceof QueryFailure ? caught.fault.at.to : text.length
      return push(first === '"' ? 'string' : 'regex', from)
    }
    if (scanner.word(place) === '') scanner.at++
    push(word, from)
  }
  const value = (place: WordPlace): void => {
    const from = scanner.at
    if (scanner.operator()) push('operator', from)
    if (scanner.isOver || /[\s()]/.test(scanner.peek())) return
    if (!(place.isCompared && scanner.peek() === '.' && scanner.peek(1) === '.')) literal('value', place)
    const dots = scanner.at
    if (!place.isCompared || !scanner.take('..')) return
    push('operator', dots)
    if (!scanner.isOver && !/[\s(),\]]/.test(scanner.peek())) literal('value', place)
  }
  const list = (place: WordPlace): void => {
    while (!scanner.isOver) {
      const from = scanner.at
      scanner.skipSpace()
      const closed = scanner.take(']')
      if (!closed) while (scanner.take(',')) scanner.skipSpace()
      push('plain', from)
      if (closed) return
      if (/[()]/.test(scanner.peek())) return
      if (!scanner.isOver && scanner.peek() !== ']') value({ ...place, inList: true })
    }
  }

  while (!scanner.isOver) {
    const from = scanner.at
    scanner.skipSpace()
    while (scanner.take('(') || scanner.take(')')) scanner.skipSpace()
    push('plain', from)
    if (scanner.isOver) break
    const at = scanner.at
    if (scanner.take('-') || ['OR', 'AND', 'NOT'].some(word => scanner.takeKeyword(word))) {
      push('keyword', at)
      continue
    }
    const named = takeName(scanner)
    if (named === undefined) {
      literal('text', {})
      continue
    }
    push(named === 'scope' ? 'scope' : 'field', at)
    const colon = scanner.at++
    push('plain', colon)
    if (named === 'scope') continue
    const open = scanner.at
    if (scanner.take('[')) {
      push('plain', open)
      list({ isCompared: named.isCompared })
    } else value({ isCompared: named.isCompared })
  }
  return tokens
}

/** Stands before the colon when there is a field or a scope here; else nothing is taken. */
function takeName(scanner: Scanner): 'scope' | { readonly isCompared: boolean } | undefined {
  const from = scanner.at
  const ends = (): number => (scanner.at = scanner.at - 1)
  const isAttribute = scanner.take('@')
  try {
    const written = isAttribute ? scanner.takeAttributeName() : scanner.takeFieldName()
    if (written !== undefined && isAttribute) return (ends(), { isCompared: true })
    const isScope = scopes.some(scope => scope === written?.toLowerCase()) && scanner.peek() === '('
    if (isScope) return (ends(), 'scope')
    const field = written === undefined ? undefined : findField(written)
    if (field) return (ends(), { isCompared: isCompared(fieldOf(field.id).type) })
  } catch {
    // A name in quotation marks that are not closed yet.
  }
  scanner.at = from
  return undefined
}
