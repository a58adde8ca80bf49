import { expect, test } from 'vitest'
import type { JsonValue } from '../../shared/domain/json.ts'
import { configurationChanges, configurationFrom, configurationOf } from '../../shared/diff/configuration.ts'
import { jsonChanges } from '../../shared/diff/json-changes.ts'
import { pathWords } from '../../shared/diff/path-words.ts'

/** What changed, as a reader sees it. */
function said(before: JsonValue | undefined, after: JsonValue | undefined): string[] {
  return jsonChanges(before, after).changes.map(({ kind, path, before: was, after: is }) =>
    [kind, pathWords(path), was === undefined ? '' : JSON.stringify(was), is === undefined ? '' : JSON.stringify(is)]
      .filter(Boolean)
      .join(' '),
  )
}

test('the order of keys says nothing', () => {
  expect(said({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toEqual([])
})

test('a tool is found by its name, and a changed schema named by what people call it', () => {
  const lookup = (type: string, required: string[]) => ({
    name: 'lookup_order',
    description: 'Finds an order.',
    parameters: { type: 'object', properties: { id: { type }, city: { type: 'string' } }, required },
  })
  const refund = { name: 'refund', parameters: { type: 'object', properties: {} } }
  expect(said([refund, lookup('string', ['id', 'city'])], [lookup('integer', ['city']), { name: 'close' }])).toEqual([
    'removed refund {"name":"refund","parameters":{"type":"object","properties":{}}}',
    'changed lookup_order › id › type "string" "integer"',
    'removed lookup_order › required "id"',
    'added close {"name":"close"}',
  ])
})

test('tools as providers wrap them are found by the name inside', () => {
  const wrapped = (strict: boolean) => ({ type: 'function', function: { name: 'search', strict } })
  expect(said([wrapped(false)], [wrapped(true)])).toEqual(['changed search › strict false true'])
})

test('a list without names is compared as it stands: what was put in moves nothing else', () => {
  expect(said(['a', 'b', 'c'], ['a', 'x', 'b', 'c'])).toEqual(['added 2. "x"'])
  expect(said({ stop: ['a', 'b'] }, { stop: ['a', 'z'] })).toEqual(['changed stop › 2. "b" "z"'])
  expect(said([[1], [2], [3]], [[1]])).toEqual(['removed 2. [2]', 'removed 3. [3]'])
})

test('what becomes something else altogether is one change, and null is a value', () => {
  expect(said({ a: { b: 1 } }, { a: [1] })).toEqual(['changed a {"b":1} [1]'])
  expect(said({ a: null }, { a: 0 })).toEqual(['changed a null 0'])
  expect(said(undefined, { a: 1 })).toEqual(['added {"a":1}'])
})

test('hostile names are names', () => {
  const before = JSON.parse('{"__proto__":{"x":1},"constructor":1}') as JsonValue
  expect(said(before, JSON.parse('{"__proto__":{"x":2}}') as JsonValue)).toEqual([
    'changed __proto__ › x 1 2',
    'removed constructor 1',
  ])
  expect(said({}, JSON.parse('{"toString":1}') as JsonValue)).toEqual(['added toString 1'])
  expect(pathWords(['a\u202eb', ''])).toBe('a⟦U+202E⟧b › (no name)')
})

test('very deep and very many: compared whole, and counted', () => {
  const deep = (leaf: number) => {
    let value: JsonValue = leaf
    for (let i = 0; i < 5000; i++) value = [value]
    return value
  }
  expect(jsonChanges(deep(1), deep(1)).changes).toEqual([])
  expect(jsonChanges(deep(1), deep(2)).changes).toHaveLength(1)
  const wide = (n: number) => Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`k${i}`, i + n]))
  const { changes, more } = jsonChanges(wide(0), wide(1))
  expect([changes.length, more]).toEqual([1000, 2000])
  const many = Array.from({ length: 30_000 }, (_, i) => i)
  expect(
    jsonChanges(
      many,
      many.map(i => -1 - i),
    ).more,
  ).toBe(29_000)
})

test('the configuration of two calls: model, parameters, tools and the form of the answer apart', () => {
  const a = configurationOf({
    ...span,
    requestModel: 'gpt-4o',
    model: 'gpt-4o-2024-11-20',
    parameters: { temperature: 0.2, response_format: { type: 'text' } },
    toolsOffered: [{ name: 'search' }],
  })
  const b = configurationFrom({ model: 'gpt-5', parameters: '{"temperature":0.7,"response_format":{"type":"json"}}' })
  expect(configurationChanges(a, b).map(({ part, changes }) => [part, ...changes.map(c => pathWords(c.path))])).toEqual(
    [
      ['model', 'model'],
      ['parameters', 'temperature'],
      ['tools', 'search'],
      ['output schema', 'response_format › type'],
    ],
  )
  expect(configurationChanges(b, b)).toEqual([])
  expect(configurationFrom({ parameters: 'not JSON' }).parameters).toEqual({ parameters: 'not JSON' })
})

const span = { id: 'a', kind: 'generation', name: 'plan', status: 'ok', attributes: {} } as const
