import { writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { spanwise } from '../helpers/product.ts'
import { acting, at, prepareStore } from './cli-store.ts'

prepareStore()

const rows = Array.from({ length: 8 }, (_, n) => ({
  trace_id: `t${n}`,
  span_id: `s${n}`,
  name: 'chat \u001b]52;c;aGk=\u0007',
  model_name: 'small',
  timestamp: `2026-11-0${n + 1}T12:00:00Z`,
  latency_ms: n === 7 ? 9000 : 1000,
  ...(n === 6 ? { status: 'error', error_type: 'ReadTimeout' } : {}),
}))

beforeAll(async () => {
  writeFileSync(at('timed.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  await spanwise(['import', at('timed.jsonl'), '--store', at('timed.spanwise')])
})

const latency = (...words: string[]) => spanwise(['latency', '--store', at('timed.spanwise'), ...words])

test('operations as JSON and as a table; what a name says to a terminal is not done', async () => {
  const { code, stdout } = await latency('--by', 'model', '--json')
  expect(code).toBe(0)
  const line = {
    spans: 8,
    errors: 1,
    unknownLength: 0,
    p50Ms: 1000,
    p95Ms: 9000,
    p99Ms: 9000,
    selfMs: 16_000,
    share: 1,
  }
  expect(JSON.parse(stdout)).toEqual({ by: ['model'], rows: [{ key: ['small'], ...line }], total: line })
  const drawn = await latency()
  expect(drawn.stdout).toContain('9.00 s')
  expect(drawn.stdout).not.toMatch(acting)
  expect((await latency('-q', 'name:nobody')).stdout).toBe('No span matches.\n')
})

test('failures with their cause, and calls against their peers', async () => {
  const failures = JSON.parse((await latency('--failures', '--json')).stdout)
  expect(failures).toMatchObject({
    rows: [{ failed: 1, retried: 0, timeouts: 1, spentMs: 1000 }],
    failed: 1,
    retried: 0,
    read: 1,
  })
  expect(failures.rows[0].key.at(-1)).toBe('ReadTimeout')
  const slowest = JSON.parse((await latency('--slowest', '--json')).stdout)
  expect(slowest).toEqual({
    by: ['model', 'prompt'],
    rows: [{ key: ['small', null], trace: 't7', lengthMs: 9000, medianMs: 1000, times: 9, peers: 8 }],
    notCompared: 0,
  })
})

test('what cannot be asked is said', async () => {
  for (const words of [['--by', 'name', '--failures'], ['--by', '@x'], ['--limit', '0'], ['word']]) {
    const { code, stderr } = await latency(...words)
    expect([code, stderr]).toEqual([1, expect.stringMatching(/latency takes|cannot be grouped|--limit/)])
  }
})
