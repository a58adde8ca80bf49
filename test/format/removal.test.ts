// An import is a unit: taking it out leaves what the others alone would have given.

import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fixture } from '../helpers/fixtures.ts'
import { openStore } from '../helpers/open-store.ts'
import { importInto, listTraces, showTrace } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** Everything `--json` says about a store. */
async function everything(store: string): Promise<unknown> {
  const rows = await listTraces(store)
  const traces = await Promise.all(rows.map(row => showTrace(store, row.traceId)))
  return { rows, traces }
}

test.for([
  ['the first of two overlapping imports', 0],
  ['the second of two overlapping imports', 1],
] as const)('A + B minus %s is the other alone', async ([, removed]) => {
  using folder = temporaryFolder()
  // Lines of one dump, shared in part; the orphans of one are children in the other.
  const lines = readFileSync(fixture('openinference/agent-retriever-tools.jsonl'), 'utf8').trimEnd().split('\n')
  const half = Math.ceil(lines.length / 2)
  const files = [folder.file('a.jsonl'), folder.file('b.jsonl')] as const
  writeFileSync(files[0], lines.slice(0, half + 1).join('\n'))
  writeFileSync(files[1], lines.slice(half - 1).join('\n'))

  const both = folder.file('both.spanwise')
  for (const file of files) await importInto(both, [file])
  {
    await using store = openStore(both)
    const { imports } = await store.ask('imports.list', {})
    const ids = imports.map(one => one.id).toSorted((a, b) => a - b)
    await store.ask('imports.remove', { import: ids[removed]! })
  }
  const alone = folder.file('alone.spanwise')
  await importInto(alone, [files[1 - removed]!])
  expect(await everything(both)).toEqual(await everything(alone))
})
