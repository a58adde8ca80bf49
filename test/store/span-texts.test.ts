import { afterAll, expect, test } from 'vitest'
import { readSpan } from '../../electron/import/reading.ts'
import { KeptReader } from '../../electron/store/kept.ts'
import { partBits } from '../../electron/store/text-index/postings.ts'
import { SpanTexts } from '../../electron/store/text-index/span-texts.ts'
import { saidOf, unsure, type Said } from '../../shared/query/said.ts'
import { claimed } from '../corpus/covered.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { reading } from '../query/check-index.ts'
import { fixtureStore } from '../query/corpus-store.ts'
import { writeScriptsDump } from '../query/scripts-dump.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

test('reading stubs in place of long texts gives the texts that reading every span gives', async () => {
  writeScriptsDump(folder.file('scripts.jsonl'))
  const more = corpusIsMissing === undefined ? claimed.map(corpusFile) : []
  const store = await fixtureStore(folder.file('texts.spanwise'), [folder.file('scripts.jsonl'), ...more])
  const texts: string[] = ['']
  const spanTexts = new SpanTexts(store, reading, text => texts.push(text) - 1)
  const ids = store.db.prepare<[], number>('SELECT id FROM span ORDER BY id').pluck().all()
  const found = new Map<number, Set<string>>()
  const besides = new Map<number, Said | undefined>()
  store.snapshot(() =>
    spanTexts.each(
      ids,
      (text, span, parts) => {
        const of = found.get(span) ?? new Set()
        found.set(span, of.add(`${parts} ${texts[text]}`))
      },
      (span, said) => besides.set(span, said),
    ),
  )
  const kept = new KeptReader(store)
  for (const id of ids) {
    const records = kept.read(id)
    const expected = new Set(
      (reading.read(records)?.texts ?? []).map(({ text, fields }) => `${partBits(fields)} ${text}`),
    )
    expect([id, [...(found.get(id) ?? [])].sort()]).toEqual([id, [...expected].sort()])
    const span = readSpan(records)
    const said = span && saidOf(span, { attributes: span.attributes, resource: span.resource ?? {} })
    // What a stub hides is read from the record.
    const hidden = Object.entries(besides.get(id) ?? {}).filter(([, text]) => text === unsure)
    expect([id, besides.get(id)]).toEqual([id, said && { ...said, ...Object.fromEntries(hidden) }])
  }
  store.close()
  // What it is for: next to none has to be read whole.
  expect(spanTexts.readWhole).toBeLessThan(ids.length / 20)
  expect([...besides.values()].filter(said => Object.values(said ?? {}).includes(unsure)).length).toBeLessThan(
    ids.length / 100,
  )
}, 300_000)
