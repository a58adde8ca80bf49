import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createSpanReader, readSpan } from '../../../electron/import/reading.ts'
import { openStore } from '../../../electron/store/open.ts'
import { countedCalls } from '../../../electron/store/pivot/calls.ts'
import { matchesOf } from '../../../electron/store/prompts/matches.ts'
import { Recovery } from '../../../electron/store/prompts/recovery.ts'
import { finishInTurns } from '../../../electron/store/table/arrays.ts'
import { tableOf } from '../../../electron/store/table/table.ts'
import { importHere } from '../../helpers/import-here.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

interface Call {
  readonly side: 'a' | 'b' | 'c'
  readonly user: string
}

/** What calls of the sides were asked, group by group; and what is said of near ones. */
async function matched(calls: readonly Call[]) {
  using folder = temporaryFolder()
  const [file, path] = [folder.file('dump.jsonl'), folder.file('store')]
  const rows = calls.map(({ side, user }, i) => ({
    trace_id: (i + 1).toString(16).padStart(32, '0'),
    span_id: (i + 1).toString(16).padStart(16, '0'),
    name: 'answer',
    model_name: side,
    timestamp: new Date(1e12 + i * 1000).toISOString(),
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: user },
    ],
    output: 'Yes.',
  }))
  writeFileSync(file, rows.map(row => JSON.stringify(row)).join('\n'))
  await importHere(path, file)
  const store = openStore(path)
  const recovery = new Recovery(store, readSpan)
  while ((await recovery.step()) === 'more');
  const table = tableOf(store)
  const { row } = countedCalls(table)
  const ids = new Map([...row].map((at, i) => [table.layout.id[at]!, i]))
  const sides = ['a', 'b', 'c'].map(side =>
    Uint32Array.from([...ids.values()].filter((_, i) => calls[i]!.side === side)),
  )
  const reader = createSpanReader(store)
  const { total, near, groups } = await finishInTurns(matchesOf(table, sides, { offset: 0, limit: 50 }, reader))
  const asked = groups.map(({ calls: found, counts, likeness }) => ({
    asked: found.map(call => call && calls[ids.get(call.id)!]!.user),
    counts,
    isNear: likeness !== undefined,
  }))
  store.close()
  return { total, near, asked }
}

test('equal inputs come first; a changed number or letter is near, other words are not, and what is equal is not near again', async () => {
  const { total, near, asked } = await matched([
    { side: 'a', user: 'Where is my order 1182?' },
    { side: 'b', user: 'where is my  order 1183?' },
    { side: 'c', user: 'Where is my order 1182? ' },
    { side: 'a', user: 'Cancel my subscription, please.' },
    { side: 'a', user: 'Cancel my subscription, please.' },
    { side: 'b', user: 'Cancel my subscription, please.' },
    { side: 'c', user: 'Cancel my subscription please.' },
    { side: 'a', user: 'Do you ship to Norway?' },
    { side: 'b', user: 'Can I pay by bank transfer?' },
  ])
  expect(asked).toEqual([
    {
      asked: ['Cancel my subscription, please.', 'Cancel my subscription, please.', null],
      counts: [2, 1, 0],
      isNear: false,
    },
    {
      asked: ['Where is my order 1182?', 'where is my  order 1183?', 'Where is my order 1182? '],
      counts: [1, 1, 1],
      isNear: true,
    },
  ])
  expect({ total, near }).toEqual({ total: 2, near: { least: 0.8, groups: 1, read: 6, all: 6 } })
})

test('of many inputs the latest 300 of a side are looked at, and that is said', async () => {
  const calls = Array.from({ length: 310 }, (_, i): Call => ({ side: 'a', user: `${(i + 7) ** 5} ${(i + 3) ** 6}` }))
  const { near, asked } = await matched([
    ...calls,
    { side: 'b', user: `${calls[300]!.user}.` },
    { side: 'b', user: `${calls[2]!.user}.` },
  ])
  expect(near).toMatchObject({ read: 302, all: 312, groups: 1 })
  expect(asked.map(one => one.asked[0])).toEqual([calls[300]!.user])
})
