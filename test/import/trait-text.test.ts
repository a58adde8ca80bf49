import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runImport } from '../../electron/import/run-import.ts'
import { buildWasm, cached } from '../../electron/wasm/build.mjs'
import { openStore } from '../../electron/store/open.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { otlpSpan, request } from './helpers.ts'

beforeAll(() => buildWasm(cached))
const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

test('the tool that a span ran is a trait of it, the tool that another chose is none', async () => {
  const kinds = ['TOOL', 'AGENT', 'TOOL', 'AGENT']
  const spans = kinds.map((kind, i) =>
    otlpSpan({
      spanId: String(i + 1).padStart(16, '0'),
      attributes: { 'openinference.span.kind': kind, 'tool.name': i < 2 ? 'search' : 'book' },
    }),
  )
  const file = folder.file('tools.jsonl')
  writeFileSync(file, JSON.stringify(request(...spans)))
  const store = openStore(folder.file('tools.spanwise'), { create: true })
  await runImport(store, [{ path: file }])
  const texts = store.db
    .prepare<[], string | null>('SELECT t.text FROM span s LEFT JOIN trait t ON t.id = s.trait')
    .pluck()
  expect(texts.all().map(text => JSON.parse(text ?? '{}').tool)).toEqual(['search', undefined, 'book', undefined])
  store.close()
})
