import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery } from '../../shared/query/parse.ts'
import { printQuery } from '../../shared/query/print.ts'
import { cpuTime } from '../helpers/cpu-time.ts'
import { bare, parsed, query as anyQuery, queryText } from './generate.ts'

const seed = Number(process.env['QUERY_SEED'] ?? Date.now() & 0x7fffffff)
console.info(`queries: seed ${seed}`)

function faultOf(text: string) {
  const result = parseQuery(text)
  return result.ok ? undefined : result.error
}

describe('reading and printing', () => {
  test('a printed query reads as the same query', () => {
    fc.assert(
      fc.property(anyQuery, one => {
        const text = printQuery(one)
        expect(bare(parsed(text)), text).toEqual(bare(one))
      }),
      { seed, numRuns: 600 },
    )
  })

  test('any text is a query or has a mistake inside it; what is a query survives printing', () => {
    let queries = 0
    fc.assert(
      fc.property(queryText, text => {
        const result = parseQuery(text)
        const { at } = result.ok ? { at: { from: 0, to: 0 } } : result.error
        expect(at.from).toBeGreaterThanOrEqual(0)
        expect(at.to).toBeLessThanOrEqual(text.length + 1)
        const query = result.ok ? result.query : parsed('')
        if (result.ok) queries++
        const printed = printQuery(query)
        expect(bare(parsed(printed)), `${text} -> ${printed}`).toEqual(bare(query))
        expect(printQuery(parsed(printed))).toBe(printed)
      }),
      { seed, numRuns: 2000 },
    )
    expect(queries).toBeGreaterThan(100)
  })

  test.each([
    ['timeout', 'timeout'],
    ['"rate limit" -is:replayed', '"rate limit" -is:replayed'],
    ['a OR b c', 'a OR b c'],
    ['(a OR b) c', '(a OR b) c'],
    ['NOT (is:cached OR is:replayed) AND kind:generation', '-(is:cached OR is:replayed) kind:generation'],
    ['tool:[ search_web , issue_refund ]', 'tool:[search_web,issue_refund]'],
    ['LATENCY:>2s', 'duration:>2s'],
    ['trace:(cost:>1 spans:>50) is:error', 'trace:(cost:>1 spans:>50) is:error'],
    ['score."my score":<0.5', 'score."my score":<0.5'],
    ['/a\\/b/i', '/a\\/b/i'],
    ['started:2026-01-05..2026-01-06', 'started:2026-01-05..2026-01-06'],
    ['@"http url":x', '@"http url":x'],
    ['', ''],
    ['  ', ''],
  ])('%s', (written, printed) => {
    expect(printQuery(parsed(written))).toBe(printed)
  })
})

describe('what is no field is text', () => {
  test.each([
    'https://example.com/a?b=c',
    'TypeError: cannot',
    'foo:bar',
    '10:30',
    '@john',
    '/usr/bin/python',
    '/usr/bin',
    '/static/img/logo.png',
    '/dev/sdd',
    'score:1',
  ])('%s', text => {
    expect(JSON.stringify(bare(parsed(text)))).not.toContain('"term"')
  })

  test('and the nearest names are told', () => {
    expect(parsed('modle:x').unknown).toEqual([{ name: 'modle', at: { from: 0, to: 5 }, nearest: ['model'] }])
    expect(parsed('kind:tool durration:>2s').unknown[0]).toMatchObject({
      at: { from: 10, to: 19 },
      nearest: ['duration'],
    })
  })
})

describe('mistakes point at the character', () => {
  test.each([
    ['a (b', 'not-closed', 2],
    ['a) b', 'unexpected', 1],
    ['"abc', 'not-closed', 0],
    ['name:/abc', 'not-closed', 5],
    ['a OR', 'nothing-there', 4],
    ['OR a', 'unexpected', 0],
    ['x -', 'nothing-there', 2],
    ['()', 'nothing-there', 1],
    ['kind:toool', 'bad-value', 5],
    ['a cost:>much', 'bad-value', 7],
    ['duration:>2', 'bad-value', 9],
    ['started:2026-02-30', 'bad-value', 8],
    ['name:>a', 'bad-operator', 5],
    ['cost:/1/', 'bad-operator', 5],
    ['model:(a OR b)', 'unexpected', 6],
    ['model:[a b]', 'unexpected', 9],
    ['model:[a', 'not-closed', 6],
    ['model:', 'nothing-there', 6],
    ['is:purple', 'bad-value', 3],
    ['has:nothing', 'bad-value', 4],
    ['""', 'nothing-there', 0],
    ['/(a/', 'bad-regex', 0],
    ['/(?=a)/', 'bad-regex', 0],
    ['/(a)\\1/', 'bad-regex', 0],
    ['/(a{1000}){1000}/', 'bad-regex', 0],
    ['/refund/g', 'bad-regex', 8],
    ['a /\\p{L}+/u', 'bad-regex', 10],
    ['/a/ig', 'bad-regex', 4],
    ['/a/I', 'bad-regex', 3],
    ['name:/a/m', 'bad-regex', 8],
    ['name:[b,/a/m]', 'bad-regex', 11],
    ['(/a/s)', 'bad-regex', 4],
  ])('%s', (text, code, from) => {
    expect(faultOf(text)).toMatchObject({ code, at: { from } })
  })

  test.each([
    ['is:eror', 'is: knows no such word. Near: error.'],
    ['kind:toool', 'There is no kind of that name. Near: tool.'],
    ['x -', 'What to leave out is missing; quote the dash to search for it.'],
    ['x NOT', 'What to leave out is missing; write "NOT" to search for it.'],
    ['@retry:', 'A value must follow @retry here.'],
    ['model:', 'A value must follow model here.'],
  ])('%s is told in words that fit it', (text, message) => {
    expect(faultOf(text)?.message).toBe(message)
  })
})

describe('limits', () => {
  test.each([
    ['a megabyte', 'x'.repeat(1 << 20), 'too-long'],
    ['a megabyte of quotes', '"a" '.repeat(1 << 18), 'too-long'],
    ['5,000 parentheses', '('.repeat(5000) + 'a' + ')'.repeat(5000), 'too-deep'],
    ['5,000 negations', '-'.repeat(5000) + 'a', 'too-deep'],
    ['5,000 scopes', 'child:('.repeat(5000), 'too-deep'],
    ['5,000 words', 'a '.repeat(5000), 'too-many-terms'],
    ['5,000 values', `model:[${'a,'.repeat(5000)}b]`, 'too-many-terms'],
    ['5,000 unknown fields', 'modle:a '.repeat(5000), 'too-many-terms'],
    ['slashes', '/a '.repeat(20_000), 'too-many-terms'],
  ])('%s', (_what, text, code) => {
    let found: string | undefined
    const time = cpuTime(() => (found = faultOf(text)?.code))
    expect(found).toBe(code)
    expect(time).toBeLessThan(1000)
  })

  test('NULs and half characters are characters', () => {
    expect(bare(parsed('a\u0000b'))).toMatchObject({ value: { text: 'a\u0000b' } })
    expect(bare(parsed('name:\ud800x'))).toMatchObject({ values: [{ text: '\ufffdx' }] })
    expect(bare(parsed(`'; drop table spans;-- %_\\`))).toMatchObject({ type: 'and' })
  })
})
