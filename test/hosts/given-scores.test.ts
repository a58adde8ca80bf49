import { afterAll, expect, test } from 'vitest'
import type { EventData } from '../../shared/contract/index.ts'
import { judgedLines } from '../../renderer/views/prompts/model/judged.ts'
import { openMemoryHost } from '../../electron/hosts/memory.ts'

// What a person judged in the window becomes scores of both calls, and is taken back whole.

const host = openMemoryHost()
afterAll(() => host.close())

test('which of two answers is better is kept as a score of both, and removed together', async () => {
  const imported = new Promise(resolve => host.on('imports.ended', resolve))
  await host.ask('imports.sample', {})
  await imported
  const window = { prompt: 'order-support', offset: 0, limit: 2 } as const
  const { calls } = await host.ask('prompts.calls', window)
  const [a, b] = await Promise.all(
    calls.map(async ({ id, traceId, version }) => ({
      id,
      traceId,
      spanId: (await host.ask('spans.read', { id })).id,
      version: version ?? '',
    })),
  )
  const ended = new Promise<EventData<'scores.ended'>>(resolve => host.on('scores.ended', resolve))
  const lines = judgedLines([{ judgement: 'b', a: a!, b: b! }])
  const { run } = await host.ask('scores.give', { file: 'judged order support.jsonl', lines })
  const { id, receipt, error } = await ended
  expect(error).toBeUndefined()
  expect(receipt).toMatchObject({ added: 2, file: 'judged order support.jsonl' })
  expect(run).toBeGreaterThan(0)
  const scoreOf = async (row: number) =>
    (await host.ask('spans.read', { id: row })).scores?.find(({ name }) => name === 'preference')
  expect(await scoreOf(a!.id)).toMatchObject({ value: 0, label: 'loss', source: 'human' })
  expect(await scoreOf(b!.id)).toMatchObject({ value: 1, label: 'win', explanation: 'against 7' })
  expect(await host.ask('scores.remove', { id: id! })).toEqual({ scores: 2 })
  expect(await scoreOf(b!.id)).toBeUndefined()
})
