import { spanKinds, statuses } from '../domain/kind.ts'
import type { FreeText, Place, Scalar, Value } from './ast.ts'
import { readTime } from './dates.ts'
import { QueryFailure } from './errors.ts'
import { fieldOf, findField, type Field, type FieldRef, type FieldType } from './fields.ts'
import { queryLimits } from './limits.ts'
import { compileRegex } from './regex/compile.ts'
import { nearest, nearestFields } from './suggest.ts'
import { readDuration, readMoney, readNumber } from './values.ts'
import { isWords } from './words-of-is.ts'

// Whether a value can be one of its field, told while its place in the text is known.

const examples: Partial<Record<FieldType, string>> = {
  count: 'a number such as 250, 8k or 1.2M',
  number: 'a number such as 0.7',
  money: 'an amount in dollars such as 0.05',
  duration: 'a length of time such as 250ms, 2s or 1.5m',
  time: 'a time such as 2026-01-05, 2026-01-05T14:02, today or now-2h',
}

const lists: Partial<Record<FieldType, readonly string[]>> = { kind: spanKinds, status: statuses, is: isWords }

export function checkValue(ref: FieldRef, value: Value, at: Place): void {
  const field = fieldOf(ref.id)
  if (value.type === 'regex') checkRegexValue(field, value.source, at)
  else if (value.type === 'scalar') checkScalar(field, value, at)
  else if (value.type === 'range') {
    for (const end of [value.from, value.to]) if (end) checkEnd(field, end, at)
  } else if (value.operator === '=' && !(field.type in examples)) checkScalar(field, value.value, at)
  else checkEnd(field, value.value, at, value.operator)
}

/** A limit of a comparison or range. */
function checkEnd(field: Field, end: Scalar, at: Place, operator?: string): void {
  if (field.type in examples) return checkScalar(field, end, at)
  if (field.type !== 'any') {
    const all = operator === undefined ? 'ranges' : operator
    fail('bad-operator', `${field.label} has no order, so ${all} cannot be asked of it.`, at)
  }
  if (readNumber(end.text) === undefined) fail('bad-value', `Only numbers are compared here: ${examples.number}.`, at)
}

function checkScalar(field: Field, scalar: Scalar, at: Place): void {
  const { text } = scalar
  const words = lists[field.type]
  if (words) return checkListed(field, words, scalar, at)
  if (field.type === 'has') return checkHas(text, at)
  if (field.type === 'words') return checkText(scalar, at)
  if (!isReadable(field.type, text)) fail('bad-value', `${field.label} takes ${examples[field.type]}.`, at)
  if (!scalar.quoted) checkPattern(text, at)
}

export function isReadable(type: FieldType, text: string): boolean {
  if (type === 'count' || type === 'number') return readNumber(text) !== undefined
  if (type === 'money') return readMoney(text) !== undefined
  if (type === 'duration') return readDuration(text) !== undefined
  if (type === 'time') return readTime(text) !== undefined
  return true
}

function checkListed(field: Field, words: readonly string[], { text, quoted }: Scalar, at: Place): void {
  if (words.includes(text.toLowerCase()) || (!quoted && text.includes('*'))) return
  const near = nearest(text, words)
  const list = near.length > 0 ? near : words
  fail(
    'bad-value',
    `${field.id === 'is' ? 'is: knows no such word.' : `There is no ${field.label.toLowerCase()} of that name.`} ${near.length > 0 ? 'Near' : 'There are'}: ${list.join(', ')}.`,
    at,
  )
}

function checkHas(text: string, at: Place): void {
  if (readHas(text)) return
  const near = nearestFields(text)
  const hint = near.length > 0 ? `Near: ${near.join(', ')}.` : 'Attributes are written has:@name.'
  fail('bad-value', `There is no field of that name. ${hint}`, at)
}

/** What `has:` asks for: a field, any score, an attribute. */
export function readHas(text: string): FieldRef | undefined {
  if (text.startsWith('@')) return text.length > 1 ? { id: '@', name: text.slice(1) } : undefined
  const found = findField(text)
  if (found) return found.id === 'is' || found.id === 'has' ? undefined : found
  const named = text.toLowerCase()
  return named === 'score' || named === 'variable' ? { id: named } : undefined
}

/** Free text, and what a content field contains. */
export function checkText(value: FreeText['value'], at: Place): void {
  if (value.type === 'regex') return checkRegex(value.source, at)
  if (value.text.trim() === '') fail('nothing-there', 'There is nothing between the quotation marks.', at)
  if (!value.quoted) checkPattern(value.text, at)
}

function checkPattern(text: string, at: Place): void {
  if (text.length <= queryLimits.pattern || !text.includes('*')) return
  fail('bad-value', `A pattern with * has at most ${queryLimits.pattern} characters.`, at)
}

function checkRegexValue(field: Field, source: string, at: Place): void {
  if (field.type !== 'name' && field.type !== 'words' && field.type !== 'any') {
    fail('bad-operator', `A regular expression cannot be asked of ${field.label.toLowerCase()}.`, at)
  }
  checkRegex(source, at)
}

function checkRegex(source: string, at: Place): void {
  const compiled = compileRegex(source, false)
  if (!compiled.ok) fail('bad-regex', compiled.message, at)
}

function fail(code: QueryFailure['fault']['code'], message: string, at: Place): never {
  throw new QueryFailure(code, message, at)
}
