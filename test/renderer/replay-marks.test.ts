// What of a body is marked in its text: what lacks, what is no JSON, what was written here.

import { expect, test } from 'vitest'
import { bodyMarks, jsonFault } from '../../renderer/views/replay/model/body-marks.ts'
import { editValue, startDraft, writeBody } from '../../renderer/views/replay/model/draft.ts'
import type { ReceiptLine } from '../../shared/replay/types.ts'

const body = '{"model": "m",\n "messages": [{"role": "user", "content": "cut of…"}],\n "seed": 1}'
const receipt: readonly ReceiptLine[] = [
  { field: 'messages[0].content', from: 'missing', note: 'cut off' },
  { field: 'headers.authorization', from: 'missing', note: 'no key is taken from a log' },
  { field: 'messages', from: 'missing', note: 'further ones' },
]
const shown = (...at: Parameters<typeof bodyMarks>) =>
  bodyMarks(...at).map(({ start, end, kind, words }) => [kind, at[0].text.slice(start, end), words])

test('places that lack something, and those that were written here', () => {
  const { now } = editValue(startDraft(body), ['seed'], '22')
  expect(shown(now, body, receipt)).toEqual([
    ['missing', '"cut of…"', 'cut off'],
    ['edited', '22', 'changed here'],
  ])
  const set = editValue(startDraft(body), ['messages', '0', 'content'], '"whole"').now
  const said = [...receipt, { field: 'messages.0.content', from: 'rebuilt', note: 'set here' } as const]
  expect(shown(set, body, said)).toEqual([['edited', '"whole"', 'changed here']])
})

test('of a text that was written by hand what differs, and where it stops being JSON', () => {
  const typed = writeBody(startDraft(body), body.replace('"seed": 1', '"seed": 12x'), 'openai-chat').now
  expect(shown(typed, body, receipt)).toEqual([
    ['edited', '2x', 'changed here'],
    ['wrong', 'x', expect.stringMatching(/after property value/)],
  ])
  expect(jsonFault('{"a": ')).toMatchObject({ start: 5, end: 6, kind: 'wrong' })
  expect(jsonFault('')).toMatchObject({ start: 0, end: 0 })
  expect(jsonFault(body)).toBeUndefined()
})
