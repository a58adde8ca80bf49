import { expect, test } from 'vitest'
import { visibleLine, visibleText } from '../../../shared/format/visible-text.ts'

test('plain text, newlines and tabs pass unchanged', () => {
  const text = 'refund\torder 1182\nnaïve — 日本語 שלום'
  expect(visibleText(text)).toBe(text)
})

test.each([
  ['a\u0000b', 'a␀b'],
  ['\u001b[31mred', '␛[31mred'],
  ['over\rwrite', 'over␍write'],
  ['dos\r\nline', 'dos\nline'],
  ['\u007f\u0085', '␡⟦U+0085⟧'],
  ['user\u202etxt.exe', 'user⟦U+202E⟧txt.exe'],
  ['\u2066a\u2069', '⟦U+2066⟧a⟦U+2069⟧'],
  ['pass\u200bword', 'pass⟦U+200B⟧word'],
  ['\ufeffbom', '⟦U+FEFF⟧bom'],
  ['soft\u00adhyphen', 'soft⟦U+00AD⟧hyphen'],
  ['tag\u{e0041}', 'tag⟦U+E0041⟧'],
  ['lone\ud800', 'lone⟦U+D800⟧'],
  ['\udc00lone', '⟦U+DC00⟧lone'],
  ['line\u2028sep', 'line⟦U+2028⟧sep'],
  ['a\u200db', 'a⟦U+200D⟧b'],
])('%j is shown as %j', (text, shown) => expect(visibleText(text)).toBe(shown))

test('joiners stay where they do honest work', () => {
  expect(visibleText('👩\u200d💻')).toBe('👩\u200d💻')
  expect(visibleText('👁️\u200d🗨️')).toBe('👁️\u200d🗨️')
  expect(visibleText('می\u200cخواهم')).toBe('می\u200cخواهم')
  expect(visibleText('👍🏽 ❤️')).toBe('👍🏽 ❤️')
})

test('a line is one line, cut and marked', () => {
  expect(visibleLine('  two\n\n lines\u0007 ')).toBe('two lines␇')
  expect(visibleLine('x'.repeat(500), 3)).toBe('xxx…')
})

test.each([
  ['gp\u0442-4o', 'gp⟦\u0442 U+0442⟧-4o'],
  ['\u0441laude', '⟦\u0441 U+0441⟧laude'],
  ['p\u0430\u0443pal', 'p⟦\u0430\u0443 U+0430 U+0443⟧pal'],
  ['\u03bfpenai', '⟦\u03bf U+03BF⟧penai'],
])('a letter that passes for a Latin one is named: %j', (text, shown) => expect(visibleLine(text)).toBe(shown))

test.each(['модель', 'API-модель', 'SQLщик', '5 μs', 'Δt', 'αβγ', 'naïve', 'Straße'])(
  '%s is what it looks like',
  text => expect(visibleLine(text)).toBe(text),
)
