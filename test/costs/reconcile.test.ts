// Tables against an independent reading of the same dump.

import { describe, expect, test } from 'vitest'
import { openStore as makeStore } from '../../electron/store/open.ts'
import { importHere } from '../helpers/import-here.ts'
import { openStore } from '../helpers/open-store.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { countDump, type CountedLine, type CountedTable } from './count-dump.ts'
import { writeFlatDump } from './flat-dump.ts'
import { readCalls, type DumpCall } from './read-dump.ts'
import type { Output } from '../../shared/contract/index.ts'

const measures = ['calls', 'input', 'output', 'cacheRead', 'unpriced', 'traces'] as const
const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe'] as const

function tableOf(answer: Output<'costs.table'>): CountedTable {
  const line = (at: (m: number) => number, recorded: string | null): CountedLine => {
    const known = (m: number) => (Number.isNaN(at(m)) ? null : at(m))
    return {
      calls: at(0),
      inputTokens: known(1),
      outputTokens: known(2),
      cacheReadTokens: known(3),
      recorded,
      unpricedCalls: at(4),
    }
  }
  const { keys, values, total } = answer
  return {
    rows: keys.map((key, r) => ({
      key: key as (string | null)[],
      ...line(m => values[m * keys.length + r]!, answer.recorded[r]!),
    })),
    total: line(m => total[m]!, answer.totalRecorded),
  }
}

function inOrder({ rows, total }: CountedTable): CountedTable {
  const name = (row: CountedTable['rows'][number]) => JSON.stringify(row.key)
  return { rows: rows.toSorted((a, b) => (name(a) < name(b) ? -1 : 1)), total }
}

async function checkTables(file: string, tables: readonly (readonly string[])[]): Promise<void> {
  using folder = temporaryFolder()
  const path = folder.file('costs.spanwise')
  makeStore(path, { create: true }).close()
  await importHere(path, file)
  const calls: DumpCall[] = readCalls(file)
  await using store = openStore(path)
  for (const by of tables) {
    for (const zone of [undefined, ...zones]) {
      const answer = await store.ask('costs.table', {
        by,
        zone: zone ?? 'UTC',
        ...(zone ? { per: 'day' as const } : {}),
        measures,
        sort: { by: 'calls', descending: true },
        limit: 1_000_000,
      })
      const expected = countDump(calls, by, zone === undefined ? undefined : { day: true, zone })
      expect([by, zone, inOrder(tableOf(answer))]).toEqual([by, zone, inOrder(expected)])
    }
  }
}

describe('a cost table says what the dump says', () => {
  test('the sample', async () => {
    await checkTables('resources/sample/traces.jsonl.gz', [
      [],
      ['model'],
      ['model', 'prompt.version'],
      ['service', 'environment', 'model'],
      ['session'],
      ['tag', 'service'],
    ])
  })

  test('invented calls around a change of the clock', async () => {
    using folder = temporaryFolder()
    const file = folder.file('calls.jsonl')
    writeFlatDump(file, 7, 1500)
    await checkTables(file, [
      [],
      ['feature'],
      ['model', 'prompt.version'],
      ['user', 'model', 'feature'],
      ['tag'],
      ['tag', 'prompt.version', 'provider'],
    ])
  })
})
