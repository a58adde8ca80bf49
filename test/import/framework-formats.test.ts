import { describe, expect, test } from 'vitest'
import { readRawSpan } from '../../electron/import/reading.ts'
import { readContent, spanOf, spansOf } from './helpers.ts'

const lines = (...records: readonly object[]) => records.map(record => JSON.stringify(record)).join('\n')

describe('Mastra', () => {
  const span = (fields: object) => ({
    id: 'a1',
    traceId: 'a21608cac54bb0f27dc30380fcdd68e7',
    name: 'run',
    type: 'agent_run',
    startTime: '2026-11-20T16:07:58.000Z',
    isEvent: false,
    isRootSpan: true,
    ...fields,
  })
  const event = (type: string, fields: object = {}) => ({ type, exportedSpan: span(fields) })

  test('the last event of a span is the span', async () => {
    const read = await readContent(
      lines(
        event('span_started'),
        event('span_updated', { input: 'Hi' }),
        event('span_ended', { output: 'Ho', endTime: '2026-11-20T16:07:59.000Z' }),
      ),
    )
    expect(spansOf(read)).toMatchObject([{ id: 'a1', kind: 'agent', durationNs: '1000000000' }])
    expect(spansOf(read)[0]?.marks).toBeUndefined()
    expect(Object.values(read.skipped)).toEqual([2])
  })

  test('a span that never ended is unfinished, with all its last event said', async () => {
    const long = 'What is the weather in Lisbon? '.repeat(20)
    const read = await readContent(lines(event('span_started'), event('span_updated', { input: long })))
    expect(spansOf(read)).toMatchObject([{ id: 'a1', input: long, marks: ['unfinished'] }])
    expect(read.records[0]?.line).toBe(2)
  })

  test('more open spans than are remembered are given as they stand, none is lost', async () => {
    const started = Array.from({ length: 5000 }, (_, i) => event('span_started', { id: `s${i}` }))
    const read = await readContent(
      lines(...started, event('span_ended', { id: 's4999', endTime: '2026-11-20T16:08:00Z' })),
    )
    expect(read.records).toHaveLength(5000)
  })

  test('what happened at a moment misses no end', async () => {
    const [chunk] = spansOf(await readContent(lines(event('span_ended', { type: 'model_chunk', isEvent: true }))))
    expect(chunk).toMatchObject({ kind: 'other' })
    expect(chunk?.marks).toBeUndefined()
  })

  test('a step is a call only where it counts tokens', async () => {
    const counted = { type: 'model_step', attributes: { usage: { inputTokens: 3, outputTokens: 4 } } }
    const read = await readContent(lines(span(counted), span({ id: 'a2', type: 'model_step' })))
    expect(spansOf(read).map(({ kind, usage }) => [kind, usage])).toEqual([
      ['generation', { input: 3, output: 4 }],
      ['chain', undefined],
    ])
  })

  test('an error', async () => {
    const error = { message: 'billing API timeout', id: 'TOOL_EXECUTION_FAILED' }
    const [tool] = spansOf(await readContent(lines(span({ type: 'tool_call', entityName: 't', errorInfo: error }))))
    expect(tool).toMatchObject({ kind: 'tool', status: 'error', statusMessage: error.message, errorType: error.id })
  })
})

describe('Genkit', () => {
  const trace = (span: object) => ({
    traceId: 'acc957aa262c8d12acd40a4c570297bb',
    displayName: 'flow',
    spans: { b: { spanId: 'bea1708a71678b31', displayName: 'step', attributes: {}, ...span } },
  })

  test.each([
    ['1795190982957', '1795190983412.4172', '1795190982957000000', '1795190983412417200'],
    ['1710862641416000', '1710862641417474.2', '1710862641416000000', '1710862641417474200'],
    ['1795190982957.123456', '1795190982957.123457', '1795190982957123456', '1795190982957123457'],
  ])('times are exact: %s to %s', async (start, end, startTime, endTime) => {
    const written = JSON.stringify(trace({ startTime: 1, endTime: 2 }))
    const read = await readContent(written.replace('"startTime":1', `"startTime":${start}`).replace(':2}', `:${end}}`))
    expect(spansOf(read)).toMatchObject([{ startTime, endTime }])
  })

  test('a span without a trace id is of the trace around it', async () => {
    const read = await readContent(JSON.stringify(trace({ startTime: 1795190982957 })))
    expect(read.records[0]?.traceId).toBe('acc957aa262c8d12acd40a4c570297bb')
    expect(spansOf(read)[0]?.marks).toEqual(['unfinished'])
  })

  test('the index beside the traces holds none', async () => {
    const read = await readContent(lines({ id: 'acc9', type: 'flow', start: 1, name: 'f', end: 2, status: 0 }))
    expect(read.records).toHaveLength(0)
    expect(read.skipped).toEqual({ 'Genkit trace index entries': 1 })
  })

  test('documents of a retriever, and what the plugins of Google and Anthropic count', async () => {
    const attributes = (subtype: string, name: string, input: object, output: object) => ({
      'genkit:metadata:subtype': subtype,
      'genkit:name': name,
      'genkit:input': JSON.stringify(input),
      'genkit:output': JSON.stringify(output),
    })
    const read = async (written: object) =>
      spansOf(await readContent(JSON.stringify(trace({ startTime: 1795190982957, attributes: written }))))[0]
    expect(
      await read(
        attributes(
          'retriever',
          'kb',
          { query: { content: [{ text: 'refund?' }] } },
          {
            documents: [{ content: [{ text: 'Within 30 days.' }], metadata: { id: 'doc_19' } }],
          },
        ),
      ),
    ).toMatchObject({ kind: 'retrieval', query: 'refund?', documents: [{ rank: 1, content: 'Within 30 days.' }] })
    const google = { usage: { inputTokens: 29, outputTokens: 15, thoughtsTokens: 1801, totalTokens: 1845 } }
    expect((await read(attributes('model', 'googleai/gemini-2.5-pro', {}, google)))?.usage).toEqual({
      input: 29,
      output: 1816,
      reasoning: 1801,
    })
    const anthropic = {
      usage: { inputTokens: 47, outputTokens: 36 },
      raw: { usage: { cache_read_input_tokens: 0, cache_creation_input_tokens: 24 } },
    }
    expect((await read(attributes('model', 'anthropic/claude-sonnet-4', {}, anthropic)))?.usage).toEqual({
      input: 71,
      output: 36,
      cacheRead: 0,
      cacheWrite: 24,
    })
  })
})

describe('OpenAI Agents', () => {
  const trace = {
    object: 'trace',
    id: 'trace_1',
    workflow_name: 'Refunds',
    group_id: 'chat_7',
    metadata: { user_id: 'u1' },
  }
  const span = (data: object, fields: object = {}) => ({
    object: 'trace.span',
    id: 'span_1',
    trace_id: 'trace_1',
    parent_id: null,
    started_at: '2026-11-20T16:08:55.494Z',
    ended_at: '2026-11-20T16:08:55.581Z',
    span_data: data,
    error: null,
    ...fields,
  })

  test('what is said of a trace stands around its spans', async () => {
    const [agent] = spansOf(await readContent(lines(trace, span({ type: 'agent', name: 'triage' }))))
    expect(agent).toMatchObject({ kind: 'agent', name: 'triage', session: 'chat_7', user: 'u1' })
  })

  test('said too late, it is said of the first root', async () => {
    const read = await readContent(lines(span({ type: 'agent', name: 'triage' }), trace))
    expect(read.records.map(record => spanOf(record).id)).toEqual(['span_1', 'span_1'])
    expect(spanOf(read.records[1]!)).toMatchObject({ session: 'chat_7', user: 'u1' })
  })

  test('bodies as they are sent', async () => {
    const read = await readContent(lines({ data: [trace, span({ type: 'agent', name: 'triage' })] }))
    expect(spansOf(read)).toMatchObject([{ name: 'triage', session: 'chat_7' }])
  })

  test('a generation, and a response with sensitive data', async () => {
    const usage = { input_tokens: 20, output_tokens: 5, input_tokens_details: { cached_tokens: 8 } }
    const answer = [{ type: 'function_call', call_id: 'c1', name: 'lookup', arguments: '{"id":1}' }]
    const [generation, response] = spansOf(
      await readContent(
        lines(
          span({
            type: 'generation',
            model: 'gpt-4.1',
            model_config: { temperature: 0.2 },
            input: [{ role: 'user', content: 'Hi' }],
            output: [{ role: 'assistant', content: 'Ho' }],
            usage,
          }),
          span(
            {
              type: 'response',
              response_id: 'resp_1',
              _input: [{ role: 'user', content: 'Hi' }],
              _response: { model: 'gpt-4.1-2025', instructions: 'Be short.', output: answer, usage },
            },
            { id: 'span_2' },
          ),
        ),
      ),
    )
    expect(generation).toMatchObject({
      kind: 'generation',
      requestModel: 'gpt-4.1',
      parameters: { temperature: 0.2 },
      usage: { input: 20, output: 5, cacheRead: 8 },
      inputMessages: [{ role: 'user' }],
      outputMessages: [{ role: 'assistant', parts: [{ type: 'text', text: 'Ho' }] }],
    })
    expect(response).toMatchObject({
      model: 'gpt-4.1-2025',
      responseId: 'resp_1',
      provider: 'openai',
      inputMessages: [{ role: 'system' }, { role: 'user' }],
      outputMessages: [{ parts: [{ type: 'tool_call', id: 'c1', name: 'lookup', arguments: { id: 1 } }] }],
    })
  })

  test('a failed function', async () => {
    const error = { message: 'timeout', data: null }
    const [tool] = spansOf(
      await readContent(lines(span({ type: 'function', name: 'lookup', input: '{"id":1}' }, { error }))),
    )
    expect(tool).toMatchObject({
      kind: 'tool',
      status: 'error',
      statusMessage: 'timeout',
      tool: { name: 'lookup', arguments: { id: 1 } },
    })
  })
})

describe('Weave', () => {
  const start = {
    id: 'c1',
    trace_id: 't1',
    op_name: 'weave:///me/proj/op/reply:abc',
    started_at: '2026-11-20T16:08:50Z',
  }
  const end = { id: 'c1', ended_at: '2026-11-20T16:08:51Z', output: 'Ho', summary: {} }
  const batch = (...items: readonly [mode: string, call: object][]) => ({
    batch: items.map(([mode, call]) => ({ mode, req: { [mode]: call } })),
  })

  test('an end belongs to the start before it', async () => {
    const read = await readContent(lines(batch(['start', start]), batch(['end', end])))
    expect(read.records.map(record => record.traceId)).toEqual(['t1', 't1'])
    expect(spansOf(read).map(span => span.id)).toEqual(['c1', 'c1'])
  })

  test('an end without a start is kept, and said to be a fragment', async () => {
    const [alone] = spansOf(await readContent(lines(batch(['end', end]))))
    expect(alone?.marks).toContain('fragment')
  })

  test('scores, costs and tokens out of the summary', async () => {
    const summary = {
      usage: { 'gpt-4.1': { requests: 1, prompt_tokens: 27, completion_tokens: 29 } },
      weave: {
        status: 'success',
        costs: { 'gpt-4.1': { prompt_tokens_total_cost: 0.0000054, completion_tokens_total_cost: 0.000232 } },
        feedback: [{ feedback_type: 'wandb.reaction.1', payload: { emoji: '👍' } }],
      },
    }
    const call = {
      ...start,
      op_name: 'weave:///me/proj/op/openai.chat.completions.create:abc',
      ended_at: end.ended_at,
      summary,
    }
    expect(spansOf(await readContent(lines(call)))).toMatchObject([
      {
        kind: 'generation',
        status: 'ok',
        model: 'gpt-4.1',
        provider: 'openai',
        usage: { input: 27, output: 29 },
        recordedCost: '0.0002374',
        scores: [{ name: 'reaction.1', label: '👍', source: 'human' }],
      },
    ])
  })
})

describe('Braintrust', () => {
  const row = (fields: object) => ({ id: 'r', span_id: 's1', root_span_id: 't1', ...fields })

  test('rows as they are fetched, parents beyond the first as links', async () => {
    const span = row({
      span_parents: ['p1', 'p2'],
      span_attributes: { name: 'call', type: 'llm' },
      metrics: {
        start: 1795190935.047,
        end: 1795190935.13,
        prompt_tokens: 13,
        completion_tokens: 29,
        estimated_cost: 0.00031,
      },
      metadata: { model: 'gpt-4.1', temperature: 0.2, prompt_version: 'v17', session_id: 'chat' },
      scores: { quality: 0.8, tone: null },
      input: [{ role: 'user', content: 'Hi' }],
      output: [{ index: 0, message: { role: 'assistant', content: 'Ho' }, finish_reason: 'stop' }],
    })
    expect(spansOf(await readContent(lines({ events: [span] })))).toMatchObject([
      {
        id: 's1',
        parentId: 'p1',
        kind: 'generation',
        startTime: '1795190935047000000',
        durationNs: '83000000',
        requestModel: 'gpt-4.1',
        session: 'chat',
        recordedCost: '0.00031',
        scores: [{ name: 'quality', value: 0.8 }],
        prompt: { version: 'v17' },
        parameters: { temperature: 0.2 },
        finishReasons: ['stop'],
        links: [{ traceId: 't1', spanId: 'p2' }],
      },
    ])
  })

  test('an error, as text or with a message', async () => {
    const failed = (error: unknown) => row({ span_attributes: { name: 'x', type: 'tool' }, error })
    expect(spansOf(await readContent(lines(failed('timeout'))))).toMatchObject([
      { status: 'error', statusMessage: 'timeout' },
    ])
    expect(spansOf(await readContent(lines(failed({ message: 'no' }))))).toMatchObject([{ statusMessage: 'no' }])
  })
})

describe('AI SDK DevTools', () => {
  const run = (id: string, fields: object = {}) => ({
    id,
    started_at: '2026-11-20T16:05:48.406Z',
    function_id: id,
    ...fields,
  })
  const step = (id: string, run_id: string, fields: object = {}) => ({
    id,
    run_id,
    step_number: 1,
    type: 'generate',
    model_id: 'm',
    provider: 'openai.chat',
    started_at: '2026-11-20T16:05:48.420Z',
    duration_ms: 103,
    input: '{"prompt":[{"role":"user","content":"Hi"}],"temperature":0.3}',
    output: '{"content":[{"type":"text","text":"Ho"}],"finishReason":{"unified":"stop","raw":"stop"}}',
    usage: null,
    error: null,
    ...fields,
  })

  test('a run inside a run belongs to the outer trace, below the step that started it', async () => {
    const inner = run('inner', { parent_run_id: 'outer', parent_step_id: 's1' })
    const read = await readContent(
      JSON.stringify({ runs: [run('outer'), inner], steps: [step('s1', 'outer'), step('s2', 'inner')] }),
    )
    expect(new Set(read.records.map(record => record.traceId))).toEqual(new Set(['outer']))
    expect(spansOf(read).map(({ id, parentId }) => [id, parentId])).toEqual([
      ['s1', 'outer'],
      ['s2', 'inner'],
      ['outer', undefined],
      ['inner', 's1'],
    ])
  })

  test('runs that lead back to each other end somewhere', async () => {
    const runs = [run('a', { parent_run_id: 'b' }), run('b', { parent_run_id: 'a' })]
    expect((await readContent(JSON.stringify({ runs, steps: [step('s', 'a')] }))).records).toHaveLength(3)
  })

  test('nested counts, and a run that ends with its last step', async () => {
    const usage = JSON.stringify({
      inputTokens: { total: 168, noCache: 40, cacheRead: 128 },
      outputTokens: { total: 14, reasoning: 0 },
    })
    const [call, whole] = spansOf(
      await readContent(JSON.stringify({ runs: [run('r')], steps: [step('s', 'r', { usage })] })),
    )
    expect(call).toMatchObject({
      usage: { input: 168, output: 14, cacheRead: 128, reasoning: 0 },
      finishReasons: ['stop'],
      parameters: { temperature: 0.3 },
      outputMessages: [{ role: 'assistant', finishReason: 'stop', parts: [{ type: 'text', text: 'Ho' }] }],
    })
    expect(whole).toMatchObject({ kind: 'chain', durationNs: '117000000', marks: ['inferred-time'], feature: 'r' })
  })
})

test('records with the names of these formats and anything behind them are read or refused', async () => {
  const odd = [null, 1, 'x', [], {}, [null], { __proto__x: 1 }, true]
  const records = odd.flatMap(value => [
    { type: 'span_ended', exportedSpan: value },
    { traceId: value, id: value, isRootSpan: value, isEvent: value, attributes: value, input: value, errorInfo: value },
    {
      traceId: value,
      displayName: value,
      spans: { a: value, b: { attributes: value, timeEvents: value, status: value } },
    },
    { object: 'trace', workflow_name: value, id: value, metadata: value },
    { object: 'trace.span', span_data: value, trace_id: value, id: value, error: value },
    { op_name: value, trace_id: value, id: value, inputs: value, output: value, summary: value, attributes: value },
    { batch: [{ mode: value, req: value }, value] },
    {
      root_span_id: value,
      span_attributes: value,
      metrics: value,
      metadata: value,
      scores: value,
      span_parents: value,
    },
    { runs: [value], steps: [value, { run_id: value, step_number: value, input: value, output: value, usage: value }] },
  ])
  const read = await readContent(lines(...records))
  expect(spansOf(read).length).toBeGreaterThan(40)
})

test('LangSmith: the parts of a run belong to its trace, however long that is named', async () => {
  const id = '00000000-0000-4000-8000-000000000011'
  const part = (name: string, body: object) =>
    `------Boundary7f3c\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`
  const run = { id, trace_id: `trace ${'x'.repeat(300)}`, name: 'reply', run_type: 'chain' }
  const read = await readContent(
    `${part(`post.${id}`, run)}${part(`post.${id}.inputs`, { input: 'Hi' })}------Boundary7f3c--\r\n`,
  )
  expect(read.records.map(({ traceId }) => traceId)).toEqual([run.trace_id, run.trace_id])
  expect(read.records.map(record => readRawSpan([record])?.traceId)).toEqual([run.trace_id, run.trace_id])
})
