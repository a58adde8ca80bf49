import {
  scopes,
  type FreeText,
  type Place,
  type Query,
  type QueryNode,
  type Scope,
  type Term,
  type UnknownField,
  type Value,
} from './ast.ts'
import { checkText, checkValue } from './check.ts'
import { QueryFailure, type QueryError } from './errors.ts'
import { fieldOf, findField, isCompared, type Field, type FieldRef } from './fields.ts'
import { queryLimits } from './limits.ts'
import { Scanner } from './scanner.ts'
import { nearestFields } from './suggest.ts'

export type Parsed = { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly error: QueryError }

/** Reads a query, whatever the text: what is wrong with it is the answer. */
export function parseQuery(text: string): Parsed {
  try {
    return { ok: true, query: new Parser(text).read() }
  } catch (error) {
    if (error instanceof QueryFailure) return { ok: false, error: error.fault }
    throw error
  }
}

class Parser {
  private readonly scanner: Scanner
  private readonly unknown: UnknownField[] = []
  private depth = 0
  private terms = 0

  constructor(text: string) {
    if (text.length > queryLimits.characters) {
      const at = { from: queryLimits.characters, to: text.length }
      throw new QueryFailure('too-long', `A query has at most ${queryLimits.characters} characters.`, at)
    }
    // A lone surrogate is no text: no trace holds one, and no database takes one.
    this.scanner = new Scanner(text.toWellFormed())
  }

  read(): Query {
    const { scanner } = this
    scanner.skipSpace()
    if (scanner.isOver) return { unknown: [] }
    const node = this.or()
    if (!scanner.isOver) this.fail('unexpected', 'This parenthesis closes nothing; quote it to search for it.')
    return { node, unknown: this.unknown }
  }

  private or(): QueryNode {
    return this.chain(
      'or',
      () => this.and(),
      () => this.scanner.takeKeyword('OR'),
    )
  }

  private and(): QueryNode {
    const { scanner } = this
    const goesOn = (): boolean => {
      if (scanner.takeKeyword('AND')) return true
      const { at } = scanner
      const ends = scanner.isOver || scanner.peek() === ')' || scanner.takeKeyword('OR')
      scanner.at = at
      return !ends
    }
    return this.chain('and', () => this.unary(), goesOn)
  }

  /** One part or several of the same rank. Afterwards the scanner stands at what follows the white space. */
  private chain(type: 'and' | 'or', part: () => QueryNode, goesOn: () => boolean): QueryNode {
    const { scanner } = this
    scanner.skipSpace()
    const from = scanner.at
    const items = [part()]
    let to = scanner.at
    for (scanner.skipSpace(); goesOn(); scanner.skipSpace()) {
      items.push(part())
      to = scanner.at
    }
    return items.length === 1 ? items[0]! : { type, items, at: { from, to } }
  }

  private unary(): QueryNode {
    const { scanner } = this
    scanner.skipSpace()
    const from = scanner.at
    const isDash = scanner.take('-')
    if (!isDash && !scanner.takeKeyword('NOT')) return this.primary()
    return this.deeper(from, () => {
      scanner.skipSpace()
      if (scanner.isOver)
        this.fail(
          'nothing-there',
          `What to leave out is missing; ${isDash ? 'quote the dash' : 'write "NOT"'} to search for it.`,
          from,
        )
      const item = this.unary()
      return { type: 'not', item, at: this.since(from) }
    })
  }

  private primary(): QueryNode {
    const { scanner } = this
    const from = scanner.at
    if (scanner.isOver) this.fail('nothing-there', 'Something must follow here.')
    if (scanner.peek() === ')') this.fail('nothing-there', 'Something must stand before this parenthesis.')
    for (const word of ['OR', 'AND'] as const) {
      if (scanner.takeKeyword(word)) {
        this.fail('unexpected', `${word} stands between two clauses; write "${word}" to search for the word.`, from)
      }
    }
    if (scanner.take('(')) return { ...this.parenthesised(from), at: this.since(from) }
    return this.named(from) ?? this.freeText(from)
  }

  /** What follows an opening parenthesis, up to its end. */
  private parenthesised(open: number): QueryNode {
    const { scanner } = this
    return this.deeper(open, () => {
      const node = this.or()
      if (scanner.take(')')) return node
      throw new QueryFailure('not-closed', 'This parenthesis is not closed.', { from: open, to: open + 1 })
    })
  }

  /** A scope, a term, or nothing: then the scanner is where it was. */
  private named(from: number): QueryNode | undefined {
    const { scanner } = this
    if (scanner.take('@')) {
      const name = scanner.takeAttributeName()
      if (name !== undefined && name !== '') return this.term({ id: '@', name }, from)
      scanner.at = from
      return undefined
    }
    const written = this.fieldName()
    if (written === undefined) return undefined
    const scope = scopes.find(one => one === written.toLowerCase())
    if (scope && scanner.peek() === '(') return this.scoped(scope, from)
    const field = findField(written)
    if (field) return this.term(field, from)
    const at = { from, to: scanner.at - 1 }
    if (!written.includes('"')) this.unknown.push({ name: written, at, nearest: nearestFields(written) })
    scanner.at = from
    return undefined
  }

  /** `score."a name with spaces":` too. */
  private fieldName(): string | undefined {
    const { scanner } = this
    const plain = scanner.takeFieldName()
    if (plain !== undefined) return plain
    const { at } = scanner
    const head = /[a-z]+\."/iy
    head.lastIndex = at
    const found = head.exec(scanner.text)?.[0]
    if (found === undefined || !fieldOfHead(found.slice(0, -2))) return undefined
    scanner.at = at + found.length - 1
    const name = scanner.takeAttributeName()
    if (name !== undefined && name !== '') return `${found.slice(0, -1)}${name}`
    scanner.at = at
    return undefined
  }

  private scoped(scope: Scope, from: number): QueryNode {
    const open = this.scanner.at
    this.scanner.take('(')
    const item = this.parenthesised(open)
    return { type: 'scope', scope, item, at: this.since(from) }
  }

  private term(field: FieldRef, from: number): Term {
    const { scanner } = this
    const known = fieldOf(field.id)
    const values = scanner.take('[') ? this.list(field, known) : [this.value(field, known, false)]
    return { type: 'term', field, values, at: this.since(from) }
  }

  private list(field: FieldRef, known: Field): Value[] {
    const { scanner } = this
    const open = scanner.at - 1
    const values: Value[] = []
    for (;;) {
      scanner.skipSpace()
      values.push(this.value(field, known, true))
      scanner.skipSpace()
      if (scanner.take(']')) return values
      if (!scanner.take(',')) {
        if (scanner.isOver) this.fail('not-closed', 'This list is not closed; write ] after its last value.', open)
        this.fail('unexpected', 'Values of a list are separated by commas: [one,another].')
      }
    }
  }

  private value(field: FieldRef, known: Field, inList: boolean): Value {
    const { scanner } = this
    const from = scanner.at
    const place = { inList, isCompared: isCompared(known.type) }
    const value = scanner.regex(place) ?? this.compare(place) ?? this.rangeOrScalar(place)
    if (!value) {
      if (scanner.peek() === '(') this.fail('unexpected', 'Several values are written in brackets: [one,another].')
      this.fail(
        'nothing-there',
        `A value must follow ${field.id === '@' ? `@${field.name ?? ''}` : known.label.toLowerCase()} here.`,
      )
    }
    checkValue(field, value, this.since(from))
    this.countTerm(from)
    return value
  }

  private compare(place: { readonly inList: boolean; readonly isCompared: boolean }): Value | undefined {
    const { scanner } = this
    const operator = scanner.operator()
    if (!operator) return undefined
    const value = scanner.scalar({ ...place, isCompared: false })
    if (!value) this.fail('nothing-there', `A value must follow ${operator} here.`)
    return { type: 'compare', operator, value }
  }

  private rangeOrScalar(place: { readonly inList: boolean; readonly isCompared: boolean }): Value | undefined {
    const { scanner } = this
    const from = scanner.scalar(place)
    if (!place.isCompared || !scanner.take('..')) return from
    const to = scanner.scalar(place)
    if (!from && !to) this.fail('nothing-there', 'A range needs one end at least: 5.. or ..10.')
    return { type: 'range', ...(from ? { from } : {}), ...(to ? { to } : {}) }
  }

  private freeText(from: number): FreeText {
    const { scanner } = this
    const value = scanner.regex({}) ?? scanner.scalar({})
    if (!value) this.fail('unexpected', 'This character means nothing here.')
    const at = this.since(from)
    checkText(value, at)
    this.countTerm(from)
    return { type: 'text', value, at }
  }

  private countTerm(from: number): void {
    if (++this.terms <= queryLimits.terms) return
    this.fail('too-many-terms', `A query has at most ${queryLimits.terms} clauses and values.`, from)
  }

  private deeper<T>(from: number, read: () => T): T {
    if (++this.depth > queryLimits.depth) {
      this.fail('too-deep', `At most ${queryLimits.depth} parentheses and negations stand inside one another.`, from)
    }
    const result = read()
    this.depth--
    return result
  }

  private since(from: number): Place {
    return { from, to: this.scanner.at }
  }

  private fail(code: QueryError['code'], message: string, from = this.scanner.at): never {
    const to = Math.max(from + 1, this.scanner.at)
    throw new QueryFailure(code, message, { from, to: Math.min(to, Math.max(this.scanner.text.length, from)) })
  }
}

function fieldOfHead(head: string): boolean {
  return findField(`${head}.x`) !== undefined
}
