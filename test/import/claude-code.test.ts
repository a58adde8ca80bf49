import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { joined, Reading } from './helpers.ts'

const fixture = (name: string) => readFileSync(new URL(`../fixtures/claude-code/${name}`, import.meta.url), 'utf8')

const line = (fields: object) => `${JSON.stringify({ sessionId: 's', isSidechain: false, ...fields })}\n`
const asked = (uuid: string, text: string, more: object = {}) =>
  line({ type: 'user', uuid, timestamp: '2026-03-01T10:00:00Z', message: { role: 'user', content: text }, ...more })
const said = (uuid: string, id: string, output: number, block: object, more: object = {}) =>
  line({
    type: 'assistant',
    uuid,
    timestamp: '2026-03-01T10:00:05Z',
    message: { id, model: 'm', role: 'assistant', content: [block], usage: { input_tokens: 5, output_tokens: output } },
    ...more,
  })

test('the lines of one answer are one call with the largest count, whatever their order', async () => {
  const lines = [
    said('2', 'msg', 70, { type: 'text', text: 'there' }),
    said('3', 'msg', 2, { type: 'text', text: 'x' }),
  ]
  const reading = new Reading()
  const file = await reading.read(asked('1', 'Hello') + lines.join(''))
  const span = joined([file], '1', 'msg')
  expect(span).toMatchObject({ kind: 'generation', model: 'm', usage: { input: 5, output: 70 } })
  expect(span.outputMessages?.[0]?.parts).toHaveLength(2)
  expect(span.inputMessages).toEqual([{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] }])
})

test('a sub-agent in its own file hangs under the tool that started it', async () => {
  const reading = new Reading()
  const files = [await reading.read(fixture('sub-agent.jsonl')), await reading.read(fixture('session.jsonl'))]
  const turn = '11111111000040008000000000000001'
  expect(joined(files, turn, 'a1b2c3')).toMatchObject({ kind: 'agent', parentId: 'toolu_task', agent: 'Explore' })
  expect(joined(files, turn, 'msg_bbb1:req_bb1')).toMatchObject({ parentId: 'a1b2c3' })
})

test('a sub-agent whose file names no turn is a trace of its own that the tool links to', async () => {
  const reading = new Reading()
  const agent = await reading.read(asked('9', 'Count', { agentId: 'ag', isSidechain: true }))
  const task = { type: 'tool_use', id: 't1', name: 'Task', input: { prompt: 'Count' } }
  const result = { type: 'tool_result', tool_use_id: 't1', content: '3' }
  const main = await reading.read(
    asked('1', 'Go') +
      said('2', 'msg', 1, task) +
      line({
        type: 'user',
        uuid: '3',
        timestamp: '2026-03-01T10:00:09Z',
        message: { role: 'user', content: [result] },
        toolUseResult: { agentId: 'ag', prompt: 'Count' },
      }),
  )
  const [link] = joined([main], '1', 't1').links ?? []
  expect(link?.spanId).toBe('ag')
  expect(joined([agent], link!.traceId, 'ag')).toMatchObject({ kind: 'agent', input: 'Count' })
})

test('a resumed session that repeats lines gives the same spans', async () => {
  const turn = asked('1', 'Hello') + said('2', 'msg', 7, { type: 'text', text: 'Hi' })
  const reading = new Reading()
  const first = await reading.read(turn)
  const again = await reading.read(turn + asked('4', 'More') + said('5', 'msg2', 8, { type: 'text', text: 'Yes' }))
  expect(again.records.slice(0, first.records.length).map(record => record.hash)).toEqual(
    first.records.map(record => record.hash),
  )
})

test('what no session writes is read without falling over', async () => {
  const reading = new Reading()
  const odd = [
    { type: 'assistant', message: { content: [null, 1, { type: 'tool_use' }, { type: 'tool_result' }] } },
    { type: 'user', message: { content: [{ type: 'tool_result', tool_use_id: 4294967294 }] } },
    { type: 'user', parentUuid: '__proto__', uuid: '__proto__', isSidechain: true, message: { content: '' } },
    { type: 'assistant', uuid: 7, agentId: '', message: { id: {}, content: 'text', usage: { output_tokens: 'many' } } },
    { type: 'result', session_id: null, is_error: true, result: { deep: [] } },
    { type: 'system', subtype: 'init', session_id: 5 },
    { type: 'attachment', attachment: 3, uuid: [] },
  ]
  const { failure } = await reading.read(odd.map(fields => line(fields)).join(''))
  expect(failure).toBeUndefined()
})

test('digits past a double are kept in an answer that waits for its turn to end', async () => {
  const numbers = ['12345678901234567890', '0.12345678901234567891', '17']
  const turns = numbers.map((number, i) => {
    const answer = said(`a${i}`, `msg${i}`, 1, { type: 'text', text: `Answer ${i}` }, { n: 'N' })
    return asked(`q${i}`, `Question ${i}`) + answer.replace('"N"', number)
  })
  const { records } = await new Reading().read(turns.join(''))
  const found = records.flatMap(({ record }) => record.match(/(?<="n":)[^,}]+/g) ?? [])
  expect(found.toSorted()).toEqual([...numbers, ...numbers].toSorted())
})
