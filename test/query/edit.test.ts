import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addClause,
  addValue,
  clauseFor,
  clausesOf,
  excludeClause,
  removeClause,
  textsAnywhere,
  toggleClause,
} from '../../shared/query/edit.ts'
import { printQuery } from '../../shared/query/print.ts'
import { parsed } from './generate.ts'

describe('a click on a value', () => {
  test.each([
    ['', 'kind:tool', 'kind:tool'],
    ['refund', 'kind:tool', 'refund kind:tool'],
    ['a OR b', 'kind:tool', '(a OR b) kind:tool'],
    ['kind:tool  a', 'kind:tool', 'kind:tool  a'],
    ['a -kind:tool b', 'kind:tool', 'a b kind:tool'],
    ['-kind:tool', 'kind:tool', 'kind:tool'],
    ['a (b', 'kind:tool', 'a (b kind:tool'],
  ])('%s + %s', (text, clause, after) => {
    expect(addClause(text, clause)).toBe(after)
  })

  test.each([
    ['a', 'kind:tool', 'a -kind:tool'],
    ['a kind:tool', 'kind:tool', 'a -kind:tool'],
    ['a -kind:tool', 'kind:tool', 'a -kind:tool'],
  ])('%s without %s', (text, clause, after) => {
    expect(excludeClause(text, clause, 'spans')).toBe(after)
  })

  test.each([
    ['a', 'kind:tool', 'a -trace:(kind:tool)'],
    ['a kind:tool b', 'kind:tool', 'a b -trace:(kind:tool)'],
    ['a trace:(kind:tool)', 'kind:tool', 'a -trace:(kind:tool)'],
    ['-trace:(kind:tool)', 'kind:tool', '-trace:(kind:tool)'],
  ])('traces: %s without %s', (text, clause, after) => {
    expect(excludeClause(text, clause, 'traces')).toBe(after)
  })

  test.each([
    ['a kind:tool b', 'kind:tool', 'a b'],
    ['a b', 'kind:tool', 'a b kind:tool'],
    ['kind:tool', 'kind:tool', ''],
  ])('%s, %s switched', (text, clause, after) => {
    expect(toggleClause(text, clause)).toBe(after)
  })

  test('a second value of a field means either', () => {
    expect(addValue('is:error model:a', { id: 'model' }, 'b c')).toBe('is:error model:[a,"b c"]')
    expect(addValue('model:[a,b]', { id: 'model' }, 'b')).toBe('model:[a,b]')
    expect(addValue('is:error', { id: 'model' }, 'b*')).toBe('is:error model:"b*"')
  })

  test('whatever the value is, the clause asks for exactly it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), value => {
        const whole = value.toWellFormed()
        const { node } = parsed(clauseFor({ id: 'model' }, whole))
        expect(node).toMatchObject({ type: 'term', values: [{ type: 'scalar', text: whole }] })
      }),
      { numRuns: 300 },
    )
  })
})

describe('a clause is taken out', () => {
  test.each([
    ['a AND b', 1, 'a'],
    ['(a OR b) c', 0, 'c'],
    ['a  b  c', 1, 'a c'],
    ['a', 0, ''],
    ['(a) b', 0, 'b'],
    ['c AND (a OR b)', 1, 'c'],
    ['a (b c)', 1, 'a'],
    ['trace:(a b) -is:error', 1, 'trace:(a b)'],
  ])('%s, number %i', (text, n, after) => {
    expect(removeClause(text, clausesOf(text)[n]!.at)).toBe(after)
    expect(after === '' ? '' : printQuery(parsed(after))).toBe(after)
  })
})

test.each([
  ['a b', 'trace:(a) trace:(b)'],
  ['a AND "b c" kind:tool -d /e/i', 'kind:tool -d trace:(a) trace:("b c") trace:(/e/i)'],
  ['a', undefined],
  ['a OR b', undefined],
  ['a kind:tool', undefined],
  ['"half', undefined],
])('texts anywhere in a trace: %s', (text, changed) => {
  expect(textsAnywhere(text)).toBe(changed)
})
