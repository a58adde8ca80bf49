import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryTokens } from '../../shared/query/tokens.ts'
import { queryText } from './generate.ts'

const shown = (text: string) =>
  queryTokens(text)
    .filter(({ kind, text: written }) => kind !== 'plain' || written.trim() !== '')
    .map(({ kind, text: written }) => `${kind} ${written.trim()}`)

test.each([
  ['kind:tool -is:error', ['field kind', 'plain :', 'value tool', 'keyword -', 'field is', 'plain :', 'value error']],
  ['cost:>0.05 OR "a b"', ['field cost', 'plain :', 'operator >', 'value 0.05', 'keyword OR', 'string "a b"']],
  ['tokens:1..8k', ['field tokens', 'plain :', 'value 1', 'operator ..', 'value 8k']],
  ['tool:[a,"b c"]', ['field tool', 'plain :[', 'value a', 'plain ,', 'string "b c"', 'plain ]']],
  ['ancestor:(name:/x y/i)', ['scope ancestor', 'plain :(', 'field name', 'plain :', 'regex /x y/i', 'plain )']],
  ['@http.status:>399', ['field @http.status', 'plain :', 'operator >', 'value 399']],
  ['modle:x https://a.b/c', ['text modle:x', 'text https://a.b/c']],
  ['"open', ['string "open']],
  ['model:"op en', ['field model', 'plain :', 'string "op en']],
  ['/half', ['regex /half']],
  ['/a/g b', ['regex /a/g', 'text b']],
  ['@"half', ['text @', 'string "half']],
])('%s', (text, parts) => {
  expect(shown(text)).toEqual(parts)
})

test('whatever is typed, the parts joined are the text', () => {
  fc.assert(
    fc.property(fc.oneof(queryText, fc.string({ unit: 'binary' })), text => {
      expect(
        queryTokens(text)
          .map(token => token.text)
          .join(''),
      ).toBe(text)
    }),
    { numRuns: 2000 },
  )
})
