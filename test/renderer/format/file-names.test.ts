import { expect, test } from 'vitest'
import { namesApart } from '../../../renderer/components/receipt/names.ts'

test('files of one name are told apart by as many folders as it takes', () => {
  expect(namesApart(['/dumps/a/traces.jsonl', '/dumps/b/traces.jsonl', '/dumps/b/logs.jsonl'])).toEqual([
    'a/traces.jsonl',
    'b/traces.jsonl',
    'logs.jsonl',
  ])
  expect(namesApart(['/x/1/in/t.json', '/x/2/in/t.json'])).toEqual(['1/in/t.json', '2/in/t.json'])
  expect(namesApart(['C:\\old\\t.json', 'C:\\new\\t.json'])).toEqual(['old/t.json', 'new/t.json'])
})

test('the same path twice, a name alone and an empty one have a name all the same', () => {
  expect(namesApart(['/t.json', '/t.json', 't.json', ''])).toEqual(['/t.json', '/t.json', 't.json', ''])
})
