// Files that tools write beside their traces: what they are is said, and none of them becomes a call.

import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runImport } from '../../electron/import/run-import.ts'
import { buildWasm, cached } from '../../electron/wasm/build.mjs'
import { openStore } from '../../electron/store/open.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

beforeAll(() => buildWasm(cached))
const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

const comment = {
  id: 'c1',
  projectId: 'p',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  objectType: 'TRACE',
  objectId: 't',
  content: 'The answer leaves out the fee.',
  authorUserId: 'u',
}
const verdict = { id: 'a', name: 'correctness', annotator_kind: 'HUMAN', result: { label: 'wrong' }, span_id: 's' }
const exchange = { request: { method: 'POST', uri: 'https://api.openai.com/v1/chat/completions' }, response: {} }

test.each<[string, string, RegExp]>([
  ['comments of Langfuse', JSON.stringify([comment, comment]), /^2 Langfuse comments/],
  ['a page of them', JSON.stringify({ data: [comment], meta: { page: 1 } }), /^1 Langfuse comments/],
  ['annotations of Phoenix', JSON.stringify({ data: [verdict], next_cursor: null }), /^1 Phoenix annotations/],
  ['judgements, one a line', '{"span_id":"s","name":"ok","score":1}', /spanwise scores import/],
  ['a table of scores', 'trace_id,name,value\nt,thumbs,1\n', /spanwise scores import/],
  ['a cassette of VCR', 'interactions:\n- request:\n    body: x\nversion: 1\n', /VCR cassette/],
  ['one in JSON', JSON.stringify({ version: 1, interactions: [exchange] }), /VCR cassette/],
])('%s: told, and no call', async (name, content, told) => {
  const place = folder.file(`${name}.txt`)
  writeFileSync(place, content)
  const store = openStore(folder.file(`${name}.spanwise`), { create: true })
  const { files, totals } = await runImport(store, [{ path: place }])
  store.close()
  const [file] = files
  expect(totals).toMatchObject({ spans: 0, calls: 0 })
  expect(file!.failure?.message ?? file!.skipped.map(({ what, count }) => `${count} ${what}`).join()).toMatch(told)
})
