import { cleanup, render, screen, fireEvent } from '@testing-library/react'
import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { Markdown } from '../../renderer/components/markdown/Markdown.tsx'
import { parseMarkdown } from '../../renderer/components/markdown/parse.ts'
import { cpuTime } from '../helpers/cpu-time.ts'
import { findDanger, hidden, hostile } from './trace/hostile.ts'

afterEach(cleanup)

const show = (text: string) => render(<Markdown text={text} />).container

test('an answer as models write it', () => {
  const page = show(
    [
      '# Refund',
      'The order **NW-1182** was _delayed_, see `status`.',
      '',
      '1. First',
      '   - nested',
      '3) not the same list',
      '- [x] done',
      '- [ ] open',
      '',
      '| item | cost |',
      '| --- | ---: |',
      '| a \\| b | 3 |',
      '',
      '```json',
      '{"a": 1}',
      '```',
      '> quoted',
      '---',
      '~~gone~~',
    ].join('\n'),
  )
  expect(page.querySelector('[data-level="1"]')?.textContent).toBe('Refund')
  expect(page.querySelector('strong')?.textContent).toBe('NW-1182')
  expect(page.querySelector('em')?.textContent).toBe('delayed')
  expect([...page.querySelectorAll('li')].map(item => item.textContent)).toEqual([
    '1.First•nested',
    '•nested',
    '3)not the same list',
    '•☑donedone',
    '•☐to doopen',
  ])
  expect([...page.querySelectorAll('th, td')].map(cell => cell.textContent)).toEqual(['item', 'cost', 'a | b', '3'])
  expect(page.querySelector('td:last-child')?.getAttribute('style')).toContain('right')
  expect(page.textContent).toContain('{"a": 1}')
  expect(page.querySelector('blockquote')?.textContent).toBe('quoted')
  expect(page.querySelector('s')?.textContent).toBe('gone')
  expect(page.querySelector('hr')).toBeTruthy()
})

test('markers that mark nothing stay', () => {
  for (const text of [
    '2 * 3 * 4',
    'snake_case_name and __dunder',
    'a ** b',
    '[not a link] (really)',
    'an open `tick',
    'C:\\Users\\x and \\( x^2 \\) and \\[ y \\]',
    '#hashtag',
    '~tilde~',
    '<b>bold</b> <!-- hidden? -->',
    '1986. A great year',
  ]) {
    expect(show(text).textContent, text).toBe(text.replace(/^1986\. /, '1986.'))
    cleanup()
  }
})

test('an address stands there in full, is no link, and is copied', () => {
  const copied: string[] = []
  const page = show(
    'See [the policy](https://a.example/x?y=1 "Refunds"), <https://b.example>, https://c.example/d_(e)). ' +
      '![chart](https://d.example/p.png) [x](javascript:alert(1))',
  )
  expect(page.querySelector('a, img')).toBeNull()
  const buttons = screen.getAllByRole('button', { name: /example|javascript/ })
  expect(buttons.map(button => button.textContent)).toEqual([
    'the policy (https://a.example/x?y=1) “Refunds”',
    'https://b.example',
    'https://c.example/d_(e)',
    'https://d.example/p.png',
    'x (javascript:alert(1))',
  ])
  expect(page.textContent).toContain('image chart https://d.example/p.png not fetched')
  document.execCommand = () => false
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (text: string) => void copied.push(text) },
  })
  fireEvent.click(buttons[0]!)
  expect(copied).toEqual(['https://a.example/x?y=1'])
})

test('hostile texts are texts, and hidden characters are shown', () => {
  for (const evil of hostile) {
    const page = show(evil)
    expect(findDanger(page), evil).toEqual([])
    cleanup()
  }
  for (const [written, shown] of hidden) {
    const page = show(`- **${written}**`)
    expect(page.textContent).toContain(shown)
    cleanup()
  }
})

const pieces = fc.array(
  fc.constantFrom(
    '*',
    '**',
    '_',
    '~~',
    '`',
    '``',
    '[',
    ']',
    '](u)',
    '![',
    '(',
    ')',
    '\\',
    '\n',
    '\n\n',
    '> ',
    '- ',
    '1. ',
    '# ',
    '|',
    '|-|',
    '```',
    '    ',
    'word',
    ' ',
    'https://x.y',
    '<',
    '>',
    '🙂',
  ),
  { maxLength: 60 },
)

test('every letter of a text is still there, whatever is around it', () => {
  const lost = fc.check(
    fc.property(pieces, parts => {
      const text = parts.join('')
      const page = show(text)
      const letters = (said: string) => said.replaceAll(/[^word🙂]/gu, '').length
      const kept = letters(page.textContent)
      cleanup()
      // The words around an image and a task add some.
      return kept >= letters(text)
    }),
    { numRuns: 300 },
  )
  expect(lost.counterexample).toBeNull()
})

test('takes time that grows with the text, also where nothing ever closes', () => {
  const milliseconds = (text: string) => cpuTime(() => parseMarkdown(text))
  for (const bait of ['*a ', '[a ', '`a``b ', '> ', '- ', '![', '**a_', '<https://', '~~', '|a', '[](', '\\', '_*']) {
    milliseconds(bait.repeat(1000))
    const small = Math.max(milliseconds(bait.repeat(8_000 / bait.length)), 1)
    const large = milliseconds(bait.repeat(48_000 / bait.length))
    expect(large / small, bait).toBeLessThan(40)
    expect(large, bait).toBeLessThan(500)
  }
})
