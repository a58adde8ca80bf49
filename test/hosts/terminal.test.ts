import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { table } from '../../electron/hosts/cli/output.ts'
import { fit, safeJson, safeLine, safeText, width } from '../../electron/hosts/cli/terminal.ts'

// oxlint-disable-next-line no-control-regex
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

test.each([
  ['a colour', '\x1b[31mred', '\\x1b[31mred'],
  ['a clipboard write', '\x1b]52;c;aGk=\x07', '\\x1b]52;c;aGk=\\x07'],
  ['a link', '\x1b]8;;https://evil\x1b\\', '\\x1b]8;;https://evil\\x1b\\'],
  ['a device control string', '\x90q\x9c', '\\x90q\\x9c'],
  ['an overwritten line', 'ok\rfailed', 'ok\\x0dfailed'],
  ['a backspace', 'a\bb', 'a\\x08b'],
  ['reversed text', 'a\u202egnp.exe', 'a\\u202egnp.exe'],
  ['isolates', '\u2066x\u2069', '\\u2066x\\u2069'],
  ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
])('%s is written out', (_, text, safe) => expect(safeText(text)).toBe(safe))

test('honest text stays as it is', () => {
  const text = 'Größe\t日本語\n👩‍🚀 ½'
  expect(safeText(text)).toBe(text)
})

test('no text acts on a terminal, and JSON still says the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(safeText(text)).not.toMatch(acting)
      expect(safeLine(text)).not.toMatch(/[\n\t]/)
      expect(safeJson({ text })).not.toMatch(acting)
      expect(JSON.parse(safeJson({ text }))).toEqual({ text })
    }),
  )
})

test('a cell is as wide as it looks', () => {
  expect(width('abc')).toBe(3)
  expect(width('日本')).toBe(4)
  expect(width('e\u0301')).toBe(1)
  expect(fit('日本語テキスト', 7)).toBe('日本語…')
  expect(fit('short', 10)).toBe('short')
})

test('a table has as many rows as it is given', () => {
  const rows = Array.from({ length: 300_000 }, (_, i) => i)
  expect(table(rows, [{ title: 'N', read: String, right: true }])).toMatch(/^ +N\n +0\n[^]*\n299999\n$/)
})
