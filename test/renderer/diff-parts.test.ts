import { expect, test } from 'vitest'
import { placesOf } from '../../renderer/components/diff/slots.ts'
import { wordPieces } from '../../renderer/components/diff/word-pieces.ts'

test('a slot is found in lines, whatever ends them', () => {
  const text = 'Hi {{name}}\r\nToday is\r{{date\n}}.'
  const slot = (word: string) => ({ name: word, from: text.indexOf(word), to: text.indexOf(word) + word.length })
  expect(placesOf(text, [slot('{{name}}'), slot('{{date\n}}')])).toEqual([
    { startLineNumber: 1, startColumn: 4, endLineNumber: 1, endColumn: 12 },
    { startLineNumber: 3, startColumn: 1, endLineNumber: 4, endColumn: 3 },
  ])
})

test('what lies outside of the text is no place', () => {
  const bad = [
    [-1, 2],
    [2, 2],
    [0, 99],
  ].map(([from, to]) => ({ name: 'x', from: from!, to: to! }))
  expect(placesOf('short', bad)).toEqual([])
})

test('words of a text that were changed; a text that became another is told whole', () => {
  expect(
    wordPieces('Refund up to 50 now.', 'Refund up to 100 now.')?.map(({ kind, text }) => `${kind} ${text}`),
  ).toEqual(['same Refund up to ', 'removed 50', 'added 100', 'same  now.'])
  expect(wordPieces('Finds an order.', 'Writes to a colleague')).toBeUndefined()
  expect(wordPieces('a '.repeat(20_000), 'a')).toBeUndefined()
})
