import { expect, test } from 'vitest'
import { readWhole } from '../../shared/conventions/index.ts'
import { attributes, hasCorpus, rawSpan, readDump } from './read-dump.ts'

const scope = { name: 'gcp.vertex.agent', attributes: attributes({}) }

function read(fields: object) {
  return readWhole(rawSpan({ name: 'call_llm', scope, attributes: fields }))
}

const asked = {
  model: 'gemini-2.5-flash',
  config: {
    http_options: { headers: {} },
    temperature: 0.2,
    system_instruction: 'Be brief.',
    tools: [{ function_declarations: [{ name: 'calculator', description: 'Adds.' }] }],
  },
  contents: [{ role: 'user', parts: [{ text: '15 * 37?' }] }],
}
const answered = {
  content: {
    role: 'model',
    parts: [{ function_call: { id: 'c1', name: 'calculator', args: { expression: '15 * 37' } } }],
  },
  finish_reason: 'STOP',
  usage_metadata: {
    prompt_token_count: 29,
    candidates_token_count: 15,
    thoughts_token_count: 1801,
    total_token_count: 1845,
  },
}

test('a request and an answer are whole in two texts', () => {
  const span = read({
    'gcp.vertex.agent.llm_request': JSON.stringify(asked),
    'gcp.vertex.agent.llm_response': JSON.stringify(answered),
    'gcp.vertex.agent.session_id': 'sess',
  })
  expect(span).toMatchObject({
    kind: 'generation',
    session: 'sess',
    usage: { input: 29, output: 1816, reasoning: 1801 },
    parameters: { temperature: 0.2 },
    toolsOffered: [{ name: 'calculator', description: 'Adds.' }],
    inputMessages: [{ role: 'system' }, { role: 'user', parts: [{ type: 'text', text: '15 * 37?' }] }],
    outputMessages: [
      {
        role: 'model',
        parts: [{ type: 'tool_call', id: 'c1', name: 'calculator', arguments: { expression: '15 * 37' } }],
      },
    ],
    finishReasons: ['STOP'],
  })
  expect(span.marks).toBeUndefined()
})

test('"{}" is a text that was withheld', () => {
  const call = read({ 'gcp.vertex.agent.llm_request': '{}', 'gcp.vertex.agent.llm_response': '{}' })
  expect(call).toMatchObject({ kind: 'generation', marks: ['masked'] })
  expect(call.inputMessages).toBeUndefined()
  const nothing = { 'gcp.vertex.agent.llm_request': '{}', 'gcp.vertex.agent.llm_response': '{}' }
  const tool = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'calculator', ...nothing }
  const withheld = read({ ...tool, 'gcp.vertex.agent.tool_call_args': '{}', 'gcp.vertex.agent.tool_response': '{}' })
  expect(withheld).toMatchObject({ kind: 'tool', marks: ['masked'], tool: { name: 'calculator' } })
  expect(withheld.tool?.result).toBeUndefined()
  const said = read({
    ...tool,
    'gcp.vertex.agent.tool_call_args': '{"a":1}',
    'gcp.vertex.agent.tool_response': '{"b":2}',
  })
  expect(said.tool).toMatchObject({ name: 'calculator', arguments: { a: 1 }, result: { b: 2 } })
  expect(said.marks).toBeUndefined()
})

test.skipIf(!hasCorpus)('a real run has its whole conversation', () => {
  const spans = readDump('otel-genai/google-adk-live.json').map(readWhole)
  const calls = spans.filter(({ name }) => name === 'call_llm')
  expect(calls).toHaveLength(2)
  for (const call of calls) {
    expect(call.inputMessages?.[0]?.role).toBe('system')
    expect(call.outputMessages?.[0]?.parts.length).toBeGreaterThan(0)
    expect(call.toolsOffered?.map(({ name }) => name)).toEqual(['calculator'])
  }
  expect(spans.find(({ kind }) => kind === 'tool')?.tool).toMatchObject({
    name: 'calculator',
    arguments: { expression: '15 * 37' },
    result: { result: '555' },
  })
})
