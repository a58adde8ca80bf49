import { array, assert, property, string, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { cleanLink, readLink, routeOf, writeLink } from '../../shared/links/link.ts'

const read = (text: string) => {
  const link = readLink(text)
  return link && routeOf(link)
}

test.each([
  ['spanwise://traces?q=kind:tool%20is:error&sort=-started', '/traces?q=kind:tool%20is:error&sort=-started'],
  ['spanwise://traces/?v=1&q=a+b', '/traces?q=a%20b'],
  ['SPANWISE://Trace/9F2c?spanId=41aa', '/trace/9F2c?spanId=41aa'],
  ['spanwise://trace/a%2Fb', '/trace/a%2Fb'],
  ['spanwise://', '/'],
  ['spanwise://settings#anything', '/settings'],
  ['spanwise://costs?by=model,prompt.version', '/costs?by=model,prompt.version'],
])('%s leads to %s', (link, route) => expect(read(link)).toBe(route))

test.each([
  'https://traces',
  'spanwise:traces',
  'javascript:alert(1)//spanwise://traces',
  'spanwise://trace/..',
  'spanwise://trace/../../x',
  'spanwise://trace/%',
  'spanwise://traces?q=%ff',
  'spanwise://traces?q=a b',
  'spanwise://traces?q=a\nb',
  'spanwise://trace/\u0000',
  `spanwise://traces?q=${'x'.repeat(40_000)}`,
  `spanwise://traces?${Array.from({ length: 60 }, (_, i) => `a${i}=1`).join('&')}`,
  '',
])('%j is no link', text => expect(readLink(text)).toBeUndefined())

test('a link of a newer build says so, and is followed as far as it is understood', () => {
  expect(readLink('spanwise://traces?v=2&q=x')?.newer).toBe(true)
  expect(readLink('spanwise://traces?v=1&q=x')?.newer).toBe(false)
  expect(readLink('spanwise://traces?v=nonsense')?.newer).toBe(false)
  expect(read('spanwise://traces?v=2&q=x')).toBe('/traces?q=x')
})

test('what is written is read again, whatever the texts are', () => {
  const text = string({ unit: 'binary', maxLength: 40 })
  assert(
    property(array(tuple(text, text), { maxLength: 8 }), pairs => {
      const parts = new Map(
        pairs.filter(([name]) => name !== 'v').map(([a, b]) => [a.toWellFormed(), b.toWellFormed()]),
      )
      parts.delete('v')
      const link = writeLink({ path: '/traces', parts })
      expect(link).toMatch(/^spanwise:\/\/[!-~]*$/)
      expect([...readLink(link)!.parts]).toEqual([...parts])
      expect(cleanLink(link)).toBe(link)
    }),
  )
})

test('nothing that is written anywhere makes reading throw', () => {
  const read = (text: string) => readLink(`spanwise://${text}`)?.path ?? '/'
  assert(
    property(string({ unit: 'binary' }), text => {
      expect(read(text)).toMatch(/^\//)
    }),
  )
})
