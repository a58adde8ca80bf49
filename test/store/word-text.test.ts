import { array, assert, constantFrom, integer, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WordText, wordTextOf } from '../../electron/store/text-index/word-text.ts'
import { fold } from '../../shared/query/fold.ts'

/** Words as the tokenizer finds them: runs of ASCII letters, digits and whatever is not ASCII. */
function tokens(words: string): string[] {
  return words.toLowerCase().match(/[a-z0-9\u0080-\u{10ffff}]+/gu) ?? [] // oxlint-disable-line no-control-regex
}

function written(...texts: string[]): { tokens: string[]; isCut: boolean }[] {
  const words = new WordText()
  return texts.map(text => {
    const from = words.used
    const isCut = words.add(text)
    return { tokens: tokens(words.bytes.toString('utf8', from, words.used)), isCut }
  })
}

/** Word by word, as the language says. */
function expected(text: string): { tokens: string[]; isCut: boolean } {
  const { words, isCut } = wordTextOf(fold(text.toWellFormed()))
  return { tokens: tokens(words.toWellFormed()), isCut }
}

const piece = oneof(
  constantFrom('zebra', 'naïve', 'e\u0301', '—', '’s', ' ', '\n', '.', '_', '\0', 'ΣΑΣ', 'İ', 'ſ', 'K', '😀', '\ud83d'),
  constantFrom('検索', '全文', 'ค้นหา', 'か', 'A検', 'Ü', 'й', '\u0338', '한', '\u1100\u1161', '«', '½', '①'),
  integer({ min: 78, max: 84 }).map(n => 'x'.repeat(n)),
  integer({ min: 38, max: 84 }).map(n => 'й'.repeat(n)),
  string({ unit: 'binary', maxLength: 4 }),
)

describe('texts as the index has them', () => {
  test('have the words that going through them letter by letter gives', () => {
    assert(
      property(array(array(piece, { maxLength: 12 }), { minLength: 1, maxLength: 4 }), lists => {
        const texts = lists.map(list => list.join(''))
        expect(written(...texts)).toEqual(texts.map(expected))
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    ['a word of 81 letters wherever it stands', `${'.'.repeat(37)}${'q'.repeat(81)}`, true],
    ['a word of 80 letters is whole', `a ${'q'.repeat(80)} b`, false],
    ['of 80 letters of two bytes', 'é'.repeat(80), false],
    ['of 81 letters of two bytes', 'é'.repeat(81), true],
  ])('%s', (_, text, isCut) => {
    expect(written(text)).toEqual([{ ...expected(text), isCut }])
  })

  test('a long text is written whole', () => {
    const text = 'é zebra '.repeat(300_000)
    expect(written('a', text)[1]!.tokens).toHaveLength(600_000)
  })
})
