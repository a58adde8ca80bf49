import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMemoryHost } from '../../electron/hosts/memory.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

// What changed since the last good call: a dump in which the prompt changed before things went wrong.

const host = openMemoryHost()
const folder = temporaryFolder()
afterAll(async () => {
  await host.close()
  folder[Symbol.dispose]()
})

const id = (n: number) => `${n}`.padStart(16, '0')
const trace = (n: number) => `${n}`.padStart(32, '0')
interface Made {
  readonly limit?: string
  readonly fails?: true
  readonly score?: number
  readonly documents?: readonly string[]
}
const calls: readonly Made[] = [
  { score: 1 },
  { score: 1 },
  { score: 0 },
  { score: 1, documents: ['policy 1'] },
  {},
  { fails: true, score: 1 },
  { limit: '100', documents: ['policy 2'], score: 0 },
]

beforeAll(async () => {
  const rows = calls.flatMap(({ limit = '50', fails, score, documents = ['policy 1'] }, n) => {
    const timestamp = (later: number) => new Date(Date.UTC(2026, 4, 1 + n, 0, 0, later)).toISOString()
    return [
      {
        trace_id: trace(n + 1),
        span_id: id(100 + n),
        name: 'look up',
        span_kind: 'retrieval',
        timestamp: timestamp(0),
        retrieval_document_ids: documents,
      },
      {
        trace_id: trace(n + 1),
        span_id: id(n + 1),
        feature: 'refunds',
        name: 'refunds',
        model_name: 'small',
        timestamp: timestamp(1),
        messages: [
          { role: 'system', content: `You are a refund agent.\nRefund up to ${limit}.\nBe brief.` },
          { role: 'user', content: `Question ${n}` },
        ],
        ...(fails ? { error_type: 'timeout' } : { output: 'Done.' }),
        ...(score === undefined ? {} : { eval_scores: { helpful: score } }),
        latency_ms: 1000,
      },
    ]
  })
  const undated = { trace_id: trace(90), span_id: id(90), feature: 'refunds', name: 'refunds', model_name: 'small' }
  const messages = [{ role: 'system', content: 'You are a refund agent.\nRefund up to 50.\nBe brief.' }]
  rows.push({ ...undated, messages, output: 'Done.' } as never)
  writeFileSync(folder.file('dump.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  const ended = new Promise(resolve => host.on('imports.ended', resolve))
  await host.ask('imports.start', { paths: [folder.file('dump.jsonl')] })
  await ended
  await host.ask('prompts.wait', {})
})

async function since(n: number) {
  const { id: row } = await host.ask('replay.find', { spanId: id(n), traceId: trace(n) })
  return host.ask('prompts.lastGood', { span: row!, now: 0, zone: 'UTC' })
}

test('the last call with a good score is found, and what was passed over is counted', async () => {
  const found = await since(7)
  expect(found).toMatchObject({
    among: { by: 'prompt', name: 'refunds', calls: 8 },
    good: { spanId: id(4), because: 'score' },
    scores: ['helpful'],
    passed: { failed: 1, unjudged: 1, low: 0, undated: 1 },
    compared: 3,
  })
  expect(found.causes.map(one => [one.part, one.asGood, one.asBad])).toEqual([
    ['prompt', 3, 0],
    ['documents', 3, 0],
    ['input', 1, 0],
  ])
  expect(found.causes[0]!.words).toContain('Refund up to 100.')
  expect(found.causes[1]!.words).toContain('policy 2')
  expect(found.same).toEqual(['model'])
})

test('a definition of success decides where one applies', async () => {
  const { id: saved } = await host.ask('success.save', { success: { name: 'second', query: `span:${id(2)}` } })
  const found = await since(7)
  expect(found).toMatchObject({
    good: { spanId: id(2), because: 'success' },
    successes: ['second'],
    passed: { failed: 1, unsuccessful: 3 },
  })
  await host.ask('success.remove', { id: saved })
})

test('where no call before it is good that is said, and any span that holds a call may be asked about', async () => {
  expect(await since(1)).toMatchObject({ good: null, causes: [], passed: { failed: 0 } })
  const { id: row } = await host.ask('traces.find', { traceId: trace(7) })
  const { id: ids } = await host.ask('traces.tree', { id: row! })
  const lookUp = await host.ask('prompts.lastGood', { span: ids[0]!, now: 0, zone: 'UTC' }).catch(error => error.code)
  expect(lookUp).toBe('prompts/no-call')
})
