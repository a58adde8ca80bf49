import { expect, test } from 'vitest'
import { asLogfire } from '../../electron/import/formats/logfire-spans.ts'
import { readFacts, readWhole } from '../../shared/conventions/index.ts'
import { rawSpan } from './read-dump.ts'

test('a placeholder is a word about its parent', () => {
  const pending = rawSpan({
    spanId: 'p',
    parentId: 'real',
    start: 5n,
    end: 5n,
    attributes: { 'logfire.span_type': 'pending_span', 'logfire.pending_parent_id': 'a'.repeat(16) },
  })
  const read = asLogfire(pending)
  expect(read).toMatchObject({ spanId: 'real', parentId: 'a'.repeat(16), fragment: true, start: 5n })
  expect(read.end).toBeUndefined()
  expect(read.marks).toContain('unfinished')
})

test('a placeholder of a root has no parent, and one without any parent is a span', () => {
  const attributes = { 'logfire.span_type': 'pending_span', 'logfire.pending_parent_id': '0'.repeat(16) }
  expect(asLogfire(rawSpan({ parentId: 'real', attributes })).parentId).toBeUndefined()
  expect(asLogfire(rawSpan({ attributes })).fragment).toBeUndefined()
})

test('a template gives way to the message, a name does not', () => {
  const attributes = { 'logfire.span_type': 'span', 'logfire.msg': 'running tool: x' }
  expect(asLogfire(rawSpan({ name: 'running {n}', attributes })).name).toBe('running tool: x')
  expect(asLogfire(rawSpan({ name: 'execute_tool x', attributes })).name).toBe('execute_tool x')
})

test('levels from error on are errors, scrubbed spans are masked', () => {
  const { facts, marks } = readFacts(rawSpan({ attributes: { 'logfire.level_num': 17, 'logfire.scrubbed': '[]' } }))
  expect(facts.status).toBe('error')
  expect(marks).not.toBe(0)
  expect(readFacts(rawSpan({ attributes: { 'logfire.level_num': 13 } })).facts.status).toBe('unset')
})

test('what an older Pydantic AI wrote of a tool and of a call', () => {
  const scope = { name: 'pydantic-ai', attributes: {} }
  const tool = readWhole(
    rawSpan({
      scope,
      name: 'running tool',
      attributes: {
        'logfire.msg': 'running tool: get_plan',
        'gen_ai.tool.name': 'get_plan',
        tool_arguments: '{"id":1}',
        tool_response: 'annual',
      },
    }),
  )
  expect(tool).toMatchObject({ kind: 'tool', tool: { name: 'get_plan', arguments: { id: 1 }, result: 'annual' } })
  const events = [
    { 'event.name': 'gen_ai.user.message', role: 'user', content: 'hi' },
    { 'event.name': 'gen_ai.choice', index: 0, message: { role: 'assistant', content: 'yes' } },
  ]
  const call = readWhole(
    rawSpan({
      scope,
      attributes: { 'logfire.msg': 'chat', 'gen_ai.operation.name': 'chat', events: JSON.stringify(events) },
    }),
  )
  expect(call.inputMessages).toMatchObject([{ role: 'user' }])
  expect(call.outputMessages).toMatchObject([{ role: 'assistant', parts: [{ text: 'yes' }] }])
})
