import { describe, expect, test } from 'vitest'
import { fold } from '../../shared/query/fold.ts'
import { textMatch, textMatcher } from '../../shared/query/text-match.ts'
import { looseJson, textsOf } from '../../shared/query/texts.ts'

const finds = (word: string, text: string, quoted = false) => textMatcher(textMatch(word, !quoted))(fold(text))

describe('a word', () => {
  test.each([
    ['refund', 'Please REFUND order 1182', true],
    ['refund', 'refunds', false],
    ['refund', 'refund_worker', true],
    ['fund', 'refund', false],
    ['cafe', 'Das Café', true],
    ['Straße', 'STRAßE', true],
    ['ΟΔΟΣ', 'οδός', true],
    ['fullwidth 1182', 'ｆｕｌｌＷｉｄｔｈ　１１８２', true],
    ['office', 'the oﬃce', true],
    ['oﬃce', 'an OFFICE', true],
    ['パスワード', 'ﾊﾟｽﾜｰﾄﾞ', true],
    ['مرحبا', 'مَرْحَبًا', true],
    ['مرحبا', 'مــرحبا', true],
    ['مرحبا', 'ﻣﺮﺣﺒﺎ', true],
    ['أن', 'ان', false],
    ['Acme', 'Acme™', true],
    ['x2', 'x²', false],
    ['rate-limit', 'rate limit exceeded', true],
    ['rate-limit', 'rate the limit', false],
    ['ref*', 'a refund', true],
    ['ref*', 'pref', false],
    ['*fund', 'a refund.', true],
    ['*fund', 'refunds', false],
    ['re*nd', 'refund', true],
    ['re*nd', 'real end', false],
    ['*1182*', 'order #A1182B', true],
    ['*der 11*', 'order 1182', true],
    ['!!!', 'no way!!!', true],
    ['*', 'anything', true],
    ['a*a*a*a*b', 'a'.repeat(50_000), false],
  ])('%s in %s', (word, text, found) => {
    expect(finds(word, text)).toBe(found)
  })
})

describe('a phrase', () => {
  test.each([
    ['rate limit', 'Rate  limit: 3', true],
    ['rate limit', 'rate unlimited', false],
    ['rate limit', 'limit rate', false],
    ['a*b', 'a*b', true],
    ['a*b', 'axb', false],
    ['ignore previous instructions', 'Please ignore\n"previous" instructions!', true],
  ])('%s in %s', (word, text, found) => {
    expect(finds(word, text, true)).toBe(found)
  })
})

describe('scripts without spaces', () => {
  test.each([
    ['検索', '全文検索エンジン', true],
    ['検', '検索', true],
    ['索検', '検索', false],
    ['検 索', '検索', true],
    ['検索', '検 索', false],
    ['ค้นหา', 'การค้นหาข้อมูล', true],
    ['搜索', '我想搜索一下', true],
    ['refund検索', 'refund検索', true],
    ['エンジン', '検索エンジンX', true],
    ['검색', '전문 검색 엔진', true],
    ['검', '검색', false],
  ])('%s in %s', (word, text, found) => {
    expect(finds(word, text)).toBe(found)
  })
})

test('JSON is searched as a reader sees it', () => {
  expect(looseJson({ order: 1182, note: 'a\n"b"', tags: ['x', null] })).toBe(
    '{"order":1182,"note":"a\n"b"","tags":["x",null]}',
  )
  expect(looseJson('plain')).toBe('plain')
})

test('every part of a span is a text of its own', () => {
  const texts = textsOf({
    name: 'chat',
    statusMessage: 'rate limit',
    inputMessages: [
      { role: 'system', parts: [{ type: 'text', text: 'be kind' }] },
      { role: 'user', parts: [{ type: 'text', text: 'hello' }] },
      { role: 'tool', parts: [{ type: 'tool_result', result: { sky: 'blue' }, error: true }] },
    ],
    outputMessages: [{ role: 'assistant', parts: [{ type: 'tool_call', name: 'look', arguments: { at: 'sky' } }] }],
    documents: [{ rank: 1, content: 'a cloud' }],
  })
  expect(texts.map(({ text, fields }) => `${text} ${fields.join()}`)).toEqual([
    'chat ',
    'be kind input,system',
    'hello input',
    '{"sky":"blue"} input,tool.result,error',
    'a cloud output,retrieved',
    'look output',
    '{"at":"sky"} output,tool.args',
    'rate limit error',
  ])
})
