import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createTwoFilesPatch } from 'diff'
import { expect } from 'vitest'
import { fixture, pieces } from './fixtures.ts'
import { createSpanReader } from '../../electron/import/reading.ts'
import { openStore } from '../../electron/store/open.ts'
import type { TraceRow } from '../../shared/domain/span.ts'
import { findTrace, listTraceRows } from '../../electron/store/trace-list.ts'
import { readTree } from '../../electron/store/trace-tree.ts'
import { importHere } from './import-here.ts'
import { checkout, importInto } from './product.ts'
import { temporaryFolder } from './temporary-folder.ts'

/**
 * Reads a dump of test/fixtures and compares everything `show --json` says about it with its golden file, then reads it
 * again renamed and, sent in pieces, into the same store: both must be recognised alike and add nothing.
 * `UPDATE_GOLDEN=1` writes the golden file instead of comparing.
 */
export async function checkFormat(name: string): Promise<void> {
  using folder = temporaryFolder()
  const store = folder.file('store.spanwise')
  const source = fixture(name)
  const { receipt } = await importInto(store, [source])
  const { path: _, bytes: __, ...file } = receipt.files[0]!
  compareGolden(name, { file, totals: receipt.totals, traces: readAll(store) })

  // What its records disagree about was told the first time.
  const same = { ...file, added: 0, known: file.spans, conflicts: [], conflictCount: 0 }
  const renamed = folder.file('renamed.bin')
  copyFileSync(source, renamed)
  const again = await importHere(store, renamed)
  expect(again.files[0], 'renamed, a second time').toMatchObject(same)
  const sent = await importHere(store, '-', pieces(readFileSync(source)))
  expect(sent.files[0], 'in pieces').toMatchObject(same)
}

/** What `traces --json` and `show --json` print of every trace, asked of the store itself: a process each takes its time. */
function readAll(path: string) {
  const store = openStore(path, { readOnly: true })
  try {
    const spans = createSpanReader(store)
    const { rows } = listTraceRows(store, { sort: 'start', descending: true, offset: 0, limit: 1000 })
    return rows
      .map(row => {
        const tree = readTree(store, findTrace(store, row.traceId)!)!
        return { row: withoutPrices(row), traceId: row.traceId, spans: Array.from(tree.id, id => spans.read(id)!) }
      })
      .sort((a, b) => (a.traceId < b.traceId ? -1 : 1))
  } finally {
    store.close()
  }
}

/** What calls cost by the price list is no reading of the file: a newer list changes it. */
function withoutPrices(row: TraceRow): object {
  const computed: readonly string[] = ['computedCost', 'unpricedCalls']
  return Object.fromEntries(Object.entries(row).filter(([name]) => !computed.includes(name)))
}

function compareGolden(name: string, read: unknown): void {
  const golden = path.join(checkout, 'test/golden', `${name}.json`)
  const text = `${JSON.stringify(read, null, 2)}\n`
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(path.dirname(golden), { recursive: true })
    writeFileSync(golden, text)
    return
  }
  expect(existsSync(golden), `No golden file for ${name}: UPDATE_GOLDEN=1 writes it.`).toBe(true)
  const wanted = readFileSync(golden, 'utf8')
  if (text === wanted) return
  // Golden files run to thousands of lines: the changed ones, with what stands around them, say what happened.
  expect.fail(createTwoFilesPatch('golden', 'read', wanted, text, undefined, undefined, { context: 4 }))
}
