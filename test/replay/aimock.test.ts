import { LLMock } from '@copilotkit/aimock'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { dialectOf } from '../../shared/replay/dialects/index.ts'
import type { Piece } from '../../shared/replay/pieces.ts'
import { dialectIds } from '../../shared/replay/types.ts'
import { outgoing, send, textOf } from './outgoing.ts'

// The same requests to a server that somebody else wrote after the providers: what we misread in their documents it did not.

const mock = new LLMock({ port: 0, logLevel: 'silent' })
const answer = { content: 'Let me look.', toolCalls: [{ name: 'weather', arguments: '{"city":"Lisbon"}' }] }
beforeAll(() => mock.start())
beforeEach(() => void mock.reset().onMessage('Hi', answer))
afterAll(() => mock.stop())
const to = (dialect: (typeof dialectIds)[number], streams: boolean) => outgoing({ origin: mock.url }, dialect, streams)
const both = dialectIds.flatMap(dialect => [true, false].map(streams => ({ dialect, streams })))

test.for(both)('$dialect, streamed: $streams: text and tool call are read', async ({ dialect, streams }) => {
  const pieces: Piece[] = []
  const got = await send(to(dialect, streams), { told: (_phase, _bytes, more) => void pieces.push(...more) })
  expect(got).toMatchObject({ outcome: 'ok', httpStatus: 200, streamed: streams, isAnswer: true })
  const { messages } = dialectOf(dialect).api.readResponse(JSON.parse(got.body))
  expect(messages?.flatMap(({ parts }) => parts)).toMatchObject([
    { type: 'text', text: 'Let me look.' },
    { type: 'tool_call', name: 'weather' },
  ])
  expect(JSON.stringify(messages)).toMatch(/city.*Lisbon/)
  if (!streams) return
  expect(textOf(pieces)).toBe('Let me look.')
  expect(pieces.flatMap(({ toolCalls }) => toolCalls ?? [])).toContainEqual(
    expect.objectContaining({ name: 'weather' }),
  )
})

type Answer = Parameters<LLMock['onMessage']>

test.for(dialectIds)('%s: a stream that broke off, nonsense, no answer at all, too much of it', async dialect => {
  const asked = to(dialect, true)
  const next = (response: Answer[1], options?: Answer[2]) =>
    void mock.clearFixtures().onMessage('Hi', response, options)
  next(answer, { truncateAfterChunks: 2, chunkSize: 4, latency: 5 })
  expect(await send(asked)).toMatchObject({ outcome: 'incomplete', streamed: true })
  next(answer, { chaos: { malformedRate: 1 } })
  expect(await send(asked)).toMatchObject({ outcome: 'incomplete', error: { code: 'replay/malformed' } })
  next(answer, { chaos: { disconnectRate: 1 } })
  await expect(send(asked)).rejects.toMatchObject({ code: expect.stringMatching(/^replay\//) as unknown })
  next({ error: { message: 'Slow down', type: 'rate_limit_error' }, status: 429, retryAfter: 2 })
  const refused = await send(asked)
  expect(refused).toMatchObject({ outcome: 'refused', httpStatus: 429, retryAfter: 2000 })
  expect(refused.error?.message).toBe('Slow down')
  expect(mock.getRequests()).toHaveLength(4)
})
