// How faithfully calls can be sent again, by dialect and by the convention that recorded them:
// node test/replay/fidelity-table.ts [FOLDER] [--json] (default: the corpus). One line a pair, with counts of A, B and C.

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createSpanReader } from '../../electron/import/reading.ts'
import { runImport } from '../../electron/import/run-import.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import { conventions } from '../../shared/conventions/index.ts'
import { findSpeakers } from '../../shared/conventions/speakers.ts'
import { requestAsLogged } from '../../shared/replay/logged-request.ts'
import { corpusFile } from '../helpers/corpus-files.ts'

const [folder = corpusFile('.')] = process.argv.slice(2).filter(word => !word.startsWith('--'))
const verbose = process.argv.includes('--why')
const speakers = findSpeakers(conventions)
const counts = new Map<string, { A: number; B: number; C: number }>()
const reasons = new Map<string, number>()

const work = mkdtempSync(path.join(tmpdir(), 'spanwise-fidelity-'))
try {
  const store = openStore(path.join(work, 'all.spanwise'), { create: true })
  await runImport(
    store,
    filesIn(folder).map(file => ({ path: file })),
  )
  count(store)
  store.close()
} finally {
  rmSync(work, { recursive: true, force: true })
}
print()

function filesIn(place: string): string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map(name => path.join(place, name))
    .filter(name => statSync(name).isFile() && !/\/(?:EXPECTED\.json|SOURCES\.md)$|\/malformed\//.test(name))
    .toSorted()
}

function count(store: Store): void {
  const spans = createSpanReader(store)
  for (const { id } of store.db.prepare<[], { id: number }>('SELECT id FROM span WHERE kind = 0').all()) {
    const { raw, records } = spans.whole(id)
    if (!raw) continue
    const request = requestAsLogged(raw, records)
    const spoken = speakers.of(raw).speakers[0]?.id ?? 'none'
    if ('none' in request) continue
    const key = `${request.dialect.padEnd(18)} ${spoken}`
    const row = counts.get(key) ?? { A: 0, B: 0, C: 0 }
    row[request.grade]++
    counts.set(key, row)
    if (!verbose || request.grade === 'A') continue
    for (const { field, from, note } of request.receipt) {
      if (from !== 'missing') continue
      const why = `${request.grade} ${key} | ${field.replaceAll(/\d+/g, 'N')}: ${note.slice(0, 90)}`
      reasons.set(why, (reasons.get(why) ?? 0) + 1)
    }
  }
}

function print(): void {
  const rows = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))
  console.log(`${'dialect'.padEnd(18)} ${'convention'.padEnd(24)} A B C`)
  for (const [key, { A, B, C }] of rows) console.log(`${key.padEnd(43)} ${A} ${B} ${C}`)
  for (const [why, times] of [...reasons].toSorted((a, b) => b[1] - a[1]).slice(0, 150))
    console.log(`${times} × ${why}`)
}
