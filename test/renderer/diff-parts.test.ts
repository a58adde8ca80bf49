import { expect, test } from 'vitest'
import { excerptOf } from '../../renderer/components/diff/excerpt.ts'
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

test('of long texts a part is compared that begins shortly before the first difference, in the lines of the whole', () => {
  const line = (n: number) => `line ${n} of a long text\n`
  const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => line(from + i)).join('')
  const head = lines(1, 20_001)
  const slot = { name: 'who', from: head.length + 6, to: head.length + 9 }
  const before = { name: 'a', text: `${head}hello you\n${lines(0, 10_000)}`, slots: [slot] }
  const after = { name: 'b', text: `${head}hello all\n` }
  const excerpt = excerptOf(before, after)!
  expect(before.text.split('\n')[excerpt.line - 1]).toBe(excerpt.before.text.split('\n')[0])
  expect(excerpt.before.text).toContain('hello you')
  expect(excerpt.after.text).toContain('hello all')
  const [{ from, to }] = excerpt.before.slots as [typeof slot]
  expect(excerpt.before.text.slice(from, to)).toBe('you')
  // Each character is shown or counted.
  expect(excerpt.same + excerpt.before.text.length + excerpt.behind).toBe(before.text.length)
  expect(excerpt.same).toBeGreaterThan(head.length - 3000)
  expect(before.text.slice(0, excerpt.same)).toBe(after.text.slice(0, excerpt.same))
})

test('short texts are compared whole; long ones of one line, and one that goes on where the other ends, in part', () => {
  const of = (text: string) => ({ name: 'x', text })
  expect(excerptOf(of('a'.repeat(100_000)), of('b'))).toBeUndefined()
  const long = '\u{1f600}'.repeat(200_000)
  const goesOn = excerptOf(of(long), of(`${long}!`))!
  expect(goesOn.after.text.endsWith('!')).toBe(true)
  expect(goesOn.line).toBe(1)
  expect(goesOn.before.text.isWellFormed()).toBe(true)
  expect(excerptOf(of(`${long}a`), of(`x${long}`))).toMatchObject({ same: 0, behind: 300_001 })
  expect(excerptOf(of(long), of(long))).toMatchObject({ same: 0, behind: 300_000 })
})
