import { describe, expect, test } from 'vitest'
import { foldPlaces } from '../../shared/query/fold-places.ts'
import { fold } from '../../shared/query/fold.ts'
import { hitFinder, textClauses } from '../../shared/query/hits.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import { resolveQuery } from '../../shared/query/resolve.ts'
import type { ContentField } from '../../shared/query/texts.ts'

const clausesOf = (query: string) => {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return textClauses(resolveQuery(parsed.query, { now: 0n, zone: 'UTC' }))
}

/** The text with every hit in brackets. */
function marked(query: string, text: string, fields?: readonly ContentField[]): string {
  let shown = ''
  let at = 0
  for (const { from, to } of hitFinder(clausesOf(query))(text, fields)) {
    shown += `${text.slice(at, from)}[${text.slice(from, to)}]`
    at = to
  }
  return shown + text.slice(at)
}

describe('hits', () => {
  test.each([
    ['refund', 'A refund, no refunds: REFUND!', 'A [refund], no refunds: [REFUND]!'],
    ['"rate limit"', 'rate\n limit and rate-limit', '[rate\n limit] and [rate-limit]'],
    ['ref*', 'a refund', 'a [ref]und'],
    ['*und*', 'refund under', 'ref[und] [und]er'],
    ['re*nd', 'a refund, real end', 'a [refund], real end'],
    ['cafe', 'Das Cafe\u0301 und Café', 'Das [Cafe\u0301] und [Café]'],
    ['strasse', 'İ Strasse', 'İ [Strasse]'],
    ['istanbul', 'İİ İstanbul x', 'İİ [İstanbul] x'],
    ['検索', '全文検索エンジン検索', '全文[検索]エンジン[検索]'],
    ['검색', '검색 엔진', '[검색] 엔진'],
    ['/[0-9]{4}/', 'order 1182, 11829', 'order [1182], [1182]9'],
    ['/x*/', 'a xx b', 'a [xx] b'],
    ['/Refund/', 'refund Refund', 'refund [Refund]'],
    ['order 1182', 'order 1182', '[order] [1182]'],
    ['refund -order', 'refund order', '[refund] order'],
    ['ancestor:(refund)', 'refund', '[refund]'],
    ['model:refund', 'refund', 'refund'],
    ['"a b" "b c"', 'a b c', '[a b c]'],
    ['**', 'anything', 'anything'],
    ['😀x', '😀 😀x', '😀 😀[x]'],
  ])('%s in %s', (query, text, expected) => {
    expect(marked(query, text)).toBe(expected)
  })

  test('a clause about one part marks nothing in another', () => {
    expect(marked('output:refund', 'refund', ['output'])).toBe('[refund]')
    expect(marked('output:refund', 'refund', ['input'])).toBe('refund')
    expect(marked('refund', 'refund', [])).toBe('[refund]')
  })

  test('a text of a megabyte full of hits has at most a thousand, within a moment', () => {
    const started = performance.now()
    expect(hitFinder(clausesOf('a'))('a '.repeat(500_000))).toHaveLength(1000)
    expect(hitFinder(clausesOf('/(a+)+$/'))(`${'a'.repeat(1_000_000)}b`)).toEqual([])
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

test.each([
  'ascii',
  'Cafe\u0301 É',
  'İİß',
  '\u1112\u1161\u11ab x',
  'ﬁ Σας',
  '\ud800 lone',
  '\u0301 mark first',
  '😀é',
  'ﾊﾟｽﾜｰﾄﾞ ＯＫ',
  'oﬃce مَرْحَــبًا ﷲ',
])('a fold that remembers places is the fold: %s', text => {
  const folded = foldPlaces(text)
  expect(folded.text).toBe(fold(text))
  expect(folded.begin(0)).toBe(text.startsWith('\u0301') ? 1 : 0)
  expect(folded.end(folded.text.length)).toBe(text.length)
})
