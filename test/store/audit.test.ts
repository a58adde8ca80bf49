import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runImport } from '../../electron/import/run-import.ts'
import { audit } from '../../electron/store/audit.ts'
import { openStore } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { reread } from '../../electron/import/reading.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const minute = (n: number): string => new Date(Date.UTC(2026, 5, 3, 8, n)).toISOString()

/** A call that lacks nothing. */
const whole = {
  span_id: 's',
  latency_ms: 5,
  environment: 'production',
  feature: 'draft',
  model_name: 'gpt-4.1',
  input_tokens: 10,
  output_tokens: 5,
  cost_usd: 0.01,
  prompt_name: 'p',
  prompt_version: '3',
  session_id: 'x',
  user_id: 'u',
  release: 'r1',
  messages: [{ role: 'user', content: 'hello' }],
  completion: 'hi',
}

test('calls that lack something are counted by what they lack, by environment and feature', async () => {
  using folder = temporaryFolder()
  const store = openStore(folder.file('store.spanwise'), { create: true })
  const rows = [
    ...[0, 1, 2, 3, 4, 5].map(n => ({ ...whole, trace_id: `t${n}`, timestamp: minute(n) })),
    { ...whole, trace_id: 'later', timestamp: minute(600), user_id: '', prompt_version: '', cost_usd: undefined },
    {
      ...whole,
      trace_id: 'bare',
      timestamp: minute(601),
      environment: '',
      feature: '',
      messages: '',
      completion: '',
      output_tokens: null,
    },
    { trace_id: 'cut', span_id: 'b', parent_span_id: 'gone', timestamp: minute(602), name: 'step', latency_ms: 3 },
  ]
  const file = folder.file('rows.jsonl')
  writeFileSync(file, rows.map(row => JSON.stringify(row)).join('\n'))
  await runImport(store, [{ path: file }])
  const found = audit(store)
  const nothing = {
    text: 0,
    tokens: 0,
    cost: 0,
    model: 0,
    promptVersion: 0,
    session: 0,
    user: 0,
    release: 0,
    environment: 0,
  }
  expect(found).toMatchObject({ traces: 9, spans: 9, calls: 8, groupCount: 2, silenceCount: 1 })
  expect(found.lacks).toEqual({ ...nothing, text: 1, tokens: 1, cost: 1, promptVersion: 1, user: 1, environment: 1 })
  expect(found.groups).toEqual([
    {
      environment: 'production',
      feature: 'draft',
      calls: 7,
      lacks: { ...nothing, cost: 1, promptVersion: 1, user: 1 },
    },
    { calls: 1, lacks: { ...nothing, text: 1, tokens: 1, environment: 1 } },
  ])
  expect(found.silences).toEqual([
    { from: `${Date.parse(minute(5))}000000`, until: `${Date.parse(minute(600))}000000` },
  ])
  expect(found.incomplete).toEqual({ missingParents: 1, noRoot: 1, unfinished: 0, onlyFragments: 0, undated: 0 })
  store.close()
})

test('an audit of one import counts what it brought', async () => {
  using folder = temporaryFolder()
  const store = openStore(folder.file('store.spanwise'), { create: true })
  for (const name of ['a', 'b']) {
    const file = folder.file(name)
    writeFileSync(file, JSON.stringify({ ...whole, trace_id: name, user_id: name === 'b' ? '' : 'u' }))
    await runImport(store, [{ path: file }])
  }
  expect(audit(store)).toMatchObject({ traces: 2, calls: 2, lacks: { user: 1 } })
  expect(audit(store, 1)).toMatchObject({ traces: 1, calls: 1, lacks: { user: 0 } })
  expect(audit(store, 2)).toMatchObject({ traces: 1, calls: 1, lacks: { user: 1 } })
  removeImport(store, 2, { reread })
  expect(audit(store)).toMatchObject({ traces: 1, calls: 1, lacks: { user: 0 }, incomplete: { undated: 1 } })
  store.close()
})
