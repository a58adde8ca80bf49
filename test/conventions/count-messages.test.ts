import { expect, test } from 'vitest'
import { countMessages, indexedCounter, sumMessages } from '../../shared/conventions/count-messages.ts'

const cut = (text: string, items?: number) => ({
  deferred: true as const,
  items,
  read: () => (items === undefined ? text : expect.unreachable('a counted list is not read')),
})

test.each([
  [undefined, undefined],
  [null, undefined],
  ['', undefined],
  ['hello', 1],
  ['[{"role":"user"},{"role":"assistant"}]', 2],
  ['[not a list', 1],
  [['a', 'b', 'c'], 3],
  [{ role: 'user' }, 1],
  [cut('a long text'), 1],
  [cut('[1]'), 1],
  [cut('', 40), 40],
])('%j holds %s messages', (value, count) => {
  expect(countMessages(value)).toBe(count)
})

test('nothing known is not none', () => {
  expect(sumMessages(undefined, null)).toBeUndefined()
  expect(sumMessages(undefined, '[]')).toBe(0)
})

test('indexed names count each number once, and hostile ones not at all', () => {
  const names = [
    'gen_ai.prompt.0.role',
    'gen_ai.prompt.0.content',
    'gen_ai.prompt.10.role',
    'gen_ai.prompt.4294967295.role',
    'gen_ai.prompt.name',
  ]
  expect(indexedCounter(['gen_ai.prompt.'])(Object.fromEntries(names.map(name => [name, 'x'])))).toBe(2)
})
