import { expect, test } from 'vitest'
import { ariaKeys, keyOf, showKeys } from '../../renderer/app/keys.ts'
import { matchPath } from '../../renderer/app/route.ts'
import { findCommands, looksLikeTraceId } from '../../renderer/app/parts/palette-items.ts'

const pressed = (key: string, more: KeyboardEventInit = {}) => keyOf(new KeyboardEvent('keydown', { key, ...more }))

test.each([
  ['j', {}, 'j'],
  ['E', { shiftKey: true }, 'Shift+E'],
  ['?', { shiftKey: true }, '?'],
  ['k', { ctrlKey: true }, 'Mod+K'],
  ['P', { ctrlKey: true, shiftKey: true }, 'Mod+Shift+P'],
  ['ArrowDown', { shiftKey: true }, 'Shift+Down'],
  [' ', {}, 'Space'],
  ['F6', { shiftKey: true }, 'Shift+F6'],
  ['[', { ctrlKey: true }, 'Mod+['],
  ['r', { altKey: true }, 'Alt+R'],
  ['®', { altKey: true, code: 'KeyR' }, 'Alt+R'],
  ['л', { ctrlKey: true, code: 'KeyK' }, 'Mod+K'],
])('%s with %j is %s', (key, more, name) => expect(pressed(key, more)).toBe(name))

test('keys read well and are spoken whole', () => {
  expect(showKeys('Mod+Shift+P')).toBe('Ctrl+Shift+P')
  expect(showKeys('Alt+Left')).toBe('Alt+←')
  expect(ariaKeys('Mod+K')).toBe('Control+K')
  expect(ariaKeys('Down')).toBe('ArrowDown')
})

test('a path matches whole segments and gives them decoded', () => {
  expect(matchPath('/trace/:id', '/trace/a%2Fb')).toEqual({ id: 'a/b' })
  expect(matchPath('/trace/:id', '/trace/')).toBeUndefined()
  expect(matchPath('/trace/:id', '/trace/a/b')).toBeUndefined()
  expect(matchPath('/trace/:id', '/trace/%E0%A4%A')).toEqual({ id: '%E0%A4%A' })
  expect(matchPath('/', '/')).toEqual({})
})

test('the palette finds by words in any order, once each, and hides what only moves a cursor', () => {
  const run = () => {}
  const commands = [
    { id: 'view.imports', title: 'Go to Imports', group: 'Window', run },
    { id: 'import.open', title: 'Open file…', group: 'Import', run },
    { id: 'import.open', title: 'Open file…', group: 'Import', run },
    { id: 'row.next', title: 'Next row', sheetOnly: true, run },
  ]
  expect(findCommands(commands, '').map(one => one.id)).toEqual(['view.imports', 'import.open'])
  expect(findCommands(commands, 'open').map(one => one.id)).toEqual(['import.open'])
  expect(findCommands(commands, 'imports window').map(one => one.id)).toEqual(['view.imports'])
  expect(findCommands(commands, 'row')).toEqual([])
})

test('an id is told from a word', () => {
  expect(looksLikeTraceId('4bf92f3577b34da6a3ce929d0e0e4736')).toBe(true)
  expect(looksLikeTraceId('keyboard')).toBe(false)
  expect(looksLikeTraceId('open 1182 now')).toBe(false)
})
