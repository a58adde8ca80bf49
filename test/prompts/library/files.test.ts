import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { fileNames } from '../../../shared/prompts/library/file-names.ts'
import { printPromptFile, readPromptFile, type PromptFile } from '../../../shared/prompts/library/prompt-file.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const file: PromptFile = {
  name: 'refunds: "all"',
  version: '7',
  facts: {
    title: 'the long one',
    recovered: true,
    firstSeen: '2026-05-01T00:00:00.000Z',
    calls: 12,
    models: ['small'],
    slots: [{ name: 'customer', type: 'name' }],
  },
  template: 'You are brief.\nCustomer: {{customer}}',
}

test.each([
  file.template,
  '',
  '\n',
  '---\nname: "other"\n---\n',
  'ends\n\n',
  'lines\r\nof Windows\r\n',
  '\uFEFFمرحبا 🙂\u202Eabc',
])('what was written is read back to the letter: %j', template => {
  const one = { ...file, template }
  const text = printPromptFile(one, hashOf)
  expect(readPromptFile(text, hashOf)).toEqual({ ok: true, file: one, isEdited: false })
})

test('line ends that git changed are changed back; an edit by hand is told; a plain word is a text', () => {
  const text = printPromptFile(file, hashOf)
  expect(readPromptFile(text.replaceAll('\n', '\r\n'), hashOf)).toEqual({ ok: true, file, isEdited: false })
  const edited = readPromptFile(text.replace('brief', 'kind').replace('"7"', '7'), hashOf)
  expect(edited).toMatchObject({ ok: true, isEdited: true, file: { version: '7', template: /kind/ } as never })
})

test.each([
  ['# Notes', 'does not begin'],
  ['---\nversion: "1"\n---\ntext', 'name'],
  ['---\nname: "a"\nversion: "1"\ncalls: -1\n---\n', 'calls'],
])('what is no version is refused with its reason: %j', (text, why) => {
  expect(readPromptFile(text, hashOf)).toMatchObject({ ok: false, why: expect.stringContaining(why) })
})

test('names are made safe, and stay apart where a file system would take two for one', () => {
  const hostile = [
    '..',
    '../../etc/passwd',
    'a/b',
    'a\\b',
    'CON',
    'nul.md',
    '',
    ' ',
    'x'.repeat(400),
    'a\u202Eb',
    '.git',
  ]
  const alike = ['Refunds', 'refunds', 'é', 'é', 'ﬁx', 'fix']
  const names = fileNames([...hostile, ...alike, 'plain'])
  expect(names.get('plain')).toBe('plain')
  expect(new Set([...names.values()].map(name => name.normalize('NFKC').toLowerCase())).size).toBe(names.size)
  for (const name of names.values()) {
    expect(name).toMatch(/^[^.\s\\/:*?"<>|\p{Cf}][^\s\\/:*?"<>|\p{Cf}]*$/u)
    expect(Buffer.byteLength(name)).toBeLessThan(250)
    expect(name).not.toMatch(/^(?:con|nul)(?:\.|$)/i)
  }
})

test('a further name changes no file of another', () => {
  const before = fileNames(['a/b', 'plain'])
  const after = fileNames(['a?b', 'other', 'a/b', 'plain'])
  expect([after.get('a/b'), after.get('plain')]).toEqual([before.get('a/b'), before.get('plain')])
})
