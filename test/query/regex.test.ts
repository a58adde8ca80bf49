import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cpuTime } from '../helpers/cpu-time.ts'
import { compileRegex, type LinearRegex } from '../../shared/query/regex/compile.ts'

const seed = Number(process.env['QUERY_SEED'] ?? Date.now() & 0x7fffffff)
console.info(`regular expressions: seed ${seed}`)

function compiled(source: string, ignoreCase = false): LinearRegex {
  const result = compileRegex(source, ignoreCase)
  if (!result.ok) throw new Error(`${source}: ${result.message}`)
  return result.regex
}

const atom = fc.constantFrom(
  'a',
  'b',
  'B',
  '.',
  '\\d',
  '\\w',
  '\\W',
  '\\s',
  '[a-c]',
  '[^b]',
  '[\\d_-]',
  '\\b',
  '\\B',
  '^',
  '$',
  'é',
  '😀',
  '\\n',
  '\\u0062',
  '\\p{L}',
)
const times = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '*?', '+?')
const source: fc.Arbitrary<string> = fc.letrec<{ node: string }>(tie => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.tuple(atom, times).map(([one, many]) => (/^(\^|\$|\\b|\\B)$/.test(one) ? one : one + many)),
    fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map(parts => parts.join('')),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}|${b})`),
    fc.tuple(tie('node'), times).map(([one, many]) => `(?:${one})${many}`),
  ),
})).node
const text = fc
  .array(fc.constantFrom('a', 'b', 'B', 'c', '1', '_', ' ', '\n', 'é', 'É', '😀', 'k', '-'), { maxLength: 14 })
  .map(parts => parts.join(''))

const isHalf = (code: number): boolean => code >= 0xdc00 && code < 0xe000

test('finds what the engine of the platform finds', () => {
  let hits = 0
  fc.assert(
    fc.property(source, text, fc.boolean(), (written, one, ignoreCase) => {
      const found = new RegExp(written, ignoreCase ? 'iu' : 'u').exec(one)
      const ours = compiled(written, ignoreCase)
      // The platform's engine puts an empty match inside an emoji sometimes.
      fc.pre(!isHalf(one.charCodeAt(found?.index ?? 0)))
      expect(ours.test(one)).toBe(found !== null)
      expect(ours.find(one)?.from).toBe(found?.index)
      if (found) hits++
      expect(ignoreCase ? '' : (found?.[0] ?? ours.requires)).toContain(ignoreCase ? '' : ours.requires)
    }),
    { seed, numRuns: 2000 },
  )
  expect(hits).toBeGreaterThan(200)
})

describe('no expression makes a text slow', () => {
  test.each([
    ['^(a+)+$', 'a'.repeat(100_000) + 'b'],
    ['(a|a)*b', 'a'.repeat(100_000)],
    ['(.*)*x(.*)*y', 'x'.repeat(100_000)],
    ['(a?){100}a{100}', 'a'.repeat(50_000)],
    ['(x+x+)+y', 'x'.repeat(100_000)],
    ['[ab]*a[ab]{12}c', 'ab'.repeat(50_000)],
  ])('%s', (written, one) => {
    const regex = compiled(written)
    expect(cpuTime(() => regex.test(one))).toBeLessThan(1500)
  })
})

test.each([
  '(?=a)',
  '(?<!a)b',
  '(a)\\1',
  '\\k<a>',
  '(a{1000}){1000}',
  'a{1001}',
  'a**',
  '(',
  ')',
  '[a',
  '*',
  'a{2,1}',
  '\\',
  '\\q',
  '\\p{Nope}',
  '(?i)a',
  '[b-a]',
  '',
])('%s is refused with a sentence', written => {
  expect(compileRegex(written, false)).toMatchObject({ ok: false, message: expect.stringMatching(/\.$/) })
})

test('the longest text that every match holds', () => {
  expect(compiled('refund(ed|s)?').requires).toBe('refund')
  expect(compiled('a|b').requires).toBe('')
  expect(compiled('x*order (12)+ yes').requires).toBe('order ')
})

test('where the first match is, from a place on', () => {
  const regex = compiled('\\bab+')
  expect(regex.find('xab abbb ab')).toEqual({ from: 4, to: 8 })
  expect(regex.find('xab abbb ab', 5)).toEqual({ from: 9, to: 11 })
})
