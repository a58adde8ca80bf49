import { expect, test } from 'vitest'
import { traceQuery } from '../../renderer/app/parts/palette-traces.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import { printQuery } from '../../shared/query/print.ts'
import { nameMatch, nameMatcher } from '../../shared/query/name-match.ts'
import type { QueryNode } from '../../shared/query/ast.ts'

/** Whether a span of this name, in a trace of this id, is one of the query's. */
function finds(typed: string, name: string, traceId = ''): boolean {
  const parsed = parseQuery(traceQuery(typed)!)
  if (!parsed.ok || !parsed.query.node) throw new Error(`${typed} became no query`)
  expect(parsed.query.unknown).toEqual([])
  const holds = (node: QueryNode): boolean => {
    if (node.type === 'or') return node.items.some(holds)
    if (node.type === 'and') return node.items.every(holds)
    if (node.type !== 'term') throw new Error(`${typed} asks for ${node.type}`)
    const [value] = node.values
    const match = value?.type === 'scalar' ? nameMatch(value.text, !value.quoted) : value?.type === 'regex' && value
    if (!match) throw new Error(`${typed} compares`)
    return nameMatcher(match)(node.field.id === 'name' ? name : traceId)
  }
  return holds(parsed.query.node)
}

test('part of a name in any case, its words in any order, the beginning of an id', () => {
  expect(traceQuery('chat')).toBe('name:*chat* OR trace:chat*')
  expect(finds('Chat', 'my chatbot')).toBe(true)
  expect(finds('docs chat', 'chat with docs')).toBe(true)
  expect(finds('docs chat', 'chat with files')).toBe(false)
  expect(finds('4bf9', 'x', '4bf92f3577')).toBe(true)
  expect(finds('2f35', 'x', '4bf92f3577')).toBe(false)
  expect(traceQuery('  ')).toBeUndefined()
})

const marks = [
  '*',
  '"',
  '\\',
  '(',
  ')',
  '/',
  '/a/i',
  '[a,b]',
  '>5',
  '-x',
  'OR',
  'name:x',
  '..',
  '^a|b$',
  '@a',
  'a&&b',
  '{2}',
  '#',
]

test.each(marks)('%s is searched as it was typed', typed => {
  expect(finds(typed, `before ${typed} after`)).toBe(true)
  expect(finds(typed, 'plain')).toBe(false)
  expect(finds(typed, '', `${typed}1`)).toBe(true)
  expect(finds(`a ${typed}`, `${typed}a`)).toBe(true)
  const query = traceQuery(typed)!
  const parsed = parseQuery(query)
  expect(parsed.ok && printQuery(parsed.query)).toBe(query)
})

test('what is too long for a name is not asked for, and what is nearly so still is a query', () => {
  expect(traceQuery('x'.repeat(10_000))).toBeUndefined()
  expect(traceQuery('a '.repeat(400))).toBeUndefined()
  expect(finds('('.repeat(490), '('.repeat(491))).toBe(true)
})
