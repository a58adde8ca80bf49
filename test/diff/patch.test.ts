import { applyPatch } from 'diff'
import { expect, test } from 'vitest'
import { comparisonMarkdown } from '../../shared/diff/markdown.ts'
import { messagesText } from '../../shared/diff/message-text.ts'
import { unifiedPatch } from '../../shared/diff/patch.ts'

const names = { before: 'support v6', after: 'support v7' }

test('a patch as git writes it, which applies', () => {
  const before = 'You help.\nAnswer briefly.\nBe kind.\n'
  const after = 'You help.\nAnswer in three sentences.\nBe kind.\n'
  const patch = unifiedPatch(names, before, after)
  expect(patch).toBe(
    '--- support v6\n+++ support v7\n@@ -1,3 +1,3 @@\n You help.\n-Answer briefly.\n+Answer in three sentences.\n Be kind.\n',
  )
  expect(applyPatch(before, patch)).toBe(after)
  expect(unifiedPatch(names, before, before)).toBe('')
})

test('a text without a newline at its end says so, and names make no lines of their own', () => {
  const patch = unifiedPatch({ before: 'a\n+++ b', after: 'c' }, 'one', 'two\n')
  expect(patch.split('\n').slice(0, 2)).toEqual(['--- a +++ b', '+++ c'])
  expect(patch).toContain('\\ No newline at end of file')
  expect(applyPatch('one', patch)).toBe('two\n')
})

test('texts with hardly a line in common: one replaced piece, soon, and it applies', () => {
  const text = (seed: number) =>
    `same start\n${Array.from({ length: 20_000 }, (_, i) => `line ${(i * seed) % 99_991} of it`).join('\n')}\nsame end\n`
  const [before, after] = [text(7), text(13)]
  const patch = unifiedPatch(names, before, after)
  expect(patch.match(/^@@/gm)).toHaveLength(1)
  expect(applyPatch(before, patch)).toBe(after)
  expect(applyPatch(before, unifiedPatch(names, before, ''))).toBe('')
})

test('thousands of lines like those around them: no line is counted from both ends', () => {
  const [before, after] = ['x\n'.repeat(10), 'x\n'.repeat(5000)]
  expect(applyPatch(before, unifiedPatch(names, before, after))).toBe(after)
  expect(applyPatch(after, unifiedPatch(names, after, before))).toBe(before)
})

test('Markdown for a pull request: nothing inside ends a fence or a code span', () => {
  const words = comparisonMarkdown({
    title: 'support\n# not a heading',
    from: 'v6',
    to: 'v7',
    texts: [
      { title: 'System prompt', before: 'Use ```js\nfences```.', after: 'Use ````md\nfences````.' },
      { title: 'User message', before: 'same', after: 'same' },
    ],
    parts: [
      {
        part: 'parameters',
        more: 2,
        changes: [
          { kind: 'changed', path: ['temperature'], before: 0.2, after: 0.7 },
          { kind: 'added', path: ['stop'], after: 'a`b' },
        ],
      },
    ],
    notes: ['Better: 61 words after 94.'],
  })
  expect(words).toContain('## support # not a heading: v6 → v7')
  expect(words).toContain('`````diff\n--- System prompt v6')
  expect(words).toContain('### User message\n\nNo change.')
  expect(words).toContain(
    '- changed `temperature`: `0.2` → `0.7`\n- added `stop`: `` a`b ``\n- … and 2 further changes',
  )
  expect(words).toContain('### Evidence\n\n- Better: 61 words after 94.')
})

test('a long patch is cut at a line, and says how much is left out', () => {
  const words = comparisonMarkdown({
    title: 'long',
    from: 'a',
    to: 'b',
    texts: [{ title: 'Prompt', before: '', after: 'a line of some length\n'.repeat(5000) }],
    parts: [],
  })
  expect(words.length).toBeLessThan(42_000)
  expect(words).toMatch(/\+a line of some length\n… [\d,]+ characters more\n```/)
})

test('messages as lines: whose turn it is, tools with their arguments laid out, ids of calls left out', () => {
  const text = messagesText([
    { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'track', arguments: '{"id":7}' }] },
    { role: 'tool', name: 'track', parts: [{ type: 'tool_result', id: 'c1', result: '{broken' }] },
    { role: 'user', parts: [{ type: 'media', mimeType: 'image/png', data: 'AAAA' }] },
  ])
  expect(text).toBe(
    '── system ──\nBe brief.\n\n── assistant ──\n(calls track)\n{\n  "id": 7\n}\n\n── tool (track) ──\n(result)\n{broken\n\n── user ──\n(image/png, 3 B)',
  )
})
