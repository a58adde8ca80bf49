// What rows look like that teams write by themselves, and what is made of their fields.

import { expect, test } from 'vitest'
import { FieldTable, tellsOfCalls } from '../../electron/import/guess-mapping.ts'
import type { FieldMapping, MappedRole } from '../../shared/domain/mapping.ts'

function guess(...rows: readonly object[]): FieldMapping & { readonly isCall: boolean } {
  const table = new FieldTable()
  for (const row of rows) table.add(row as Record<string, unknown>)
  const mapping = table.guess()
  return { ...mapping, isCall: tellsOfCalls(mapping, table) }
}

const asked = ['Where is my parcel?', 'Can I change the address after paying?', 'Which sizes are left of the blue one?']
const answered = ['It arrives tomorrow.', 'Yes, until it is packed and sent.', 'Small and medium are left in blue.']

/** Three rows of one writer: texts and numbers differ, the rest stays. */
const rows = (row: (i: number) => object) => [0, 1, 2].map(row)

type Shape = readonly [
  what: string,
  rows: readonly object[],
  fields: { readonly [role in MappedRole]?: string },
  durationUnit?: FieldMapping['durationUnit'],
]

const shapes: readonly Shape[] = [
  [
    'a small log with short words',
    rows(i => ({
      ts: `2026-11-20T09:0${i}:00Z`,
      who: `ann${i}`,
      conv: `c-${i}`,
      ask: asked[i],
      answer: answered[i],
      llm: 'gpt-4.1-mini',
      tok_in: 812 + i,
      tok_out: 41 + i,
    })),
    {
      startTime: 'ts',
      user: 'who',
      session: 'conv',
      input: 'ask',
      output: 'answer',
      model: 'llm',
      inputTokens: 'tok_in',
      outputTokens: 'tok_out',
    },
  ],
  [
    'usage with in and out, and a length in seconds',
    rows(i => ({ model: 'm', prompt: asked[i], completion: answered[i], usage: { in: 9, out: 4 }, took: 1.25 + i })),
    {
      model: 'model',
      input: 'prompt',
      output: 'completion',
      inputTokens: 'usage.in',
      outputTokens: 'usage.out',
      duration: 'took',
    },
    's',
  ],
  [
    'usage flattened by a data frame',
    rows(i => ({
      'usage.in': 9,
      'usage.out': 4,
      'usage.total': 13,
      model: 'm',
      question: asked[i],
      answer: answered[i],
    })),
    {
      inputTokens: 'usage.in',
      outputTokens: 'usage.out',
      totalTokens: 'usage.total',
      model: 'model',
      input: 'question',
      output: 'answer',
    },
  ],
  [
    'a table out of a spreadsheet, every value a text',
    rows(i => ({
      'Time Stamp': `2026-11-20 09:0${i}:00`,
      'User Email': `ann${i}@shop.example`,
      'Model Name': 'gpt-4o',
      Question: asked[i],
      Answer: answered[i],
      'Prompt Tokens': '12',
      'Completion Tokens': '33',
      'Total Cost ($)': '0.0125',
    })),
    {
      startTime: 'Time Stamp',
      user: 'User Email',
      model: 'Model Name',
      input: 'Question',
      output: 'Answer',
      inputTokens: 'Prompt Tokens',
      outputTokens: 'Completion Tokens',
      cost: 'Total Cost ($)',
    },
  ],
  [
    'a chat bot whose `user` is what was said',
    rows(i => ({ user: asked[i], assistant: answered[i], model: 'claude-sonnet-4-5', userid: `u${i}`, lat_ms: 731 })),
    { input: 'user', output: 'assistant', model: 'model', user: 'userid', duration: 'lat_ms' },
    'ms',
  ],
  [
    'a bot in a chat room',
    rows(i => ({
      channel: 'C024BE91L',
      user: `U0${i}G9QF9C6`,
      text: asked[i],
      bot_reply: answered[i],
      model_used: 'gpt-4o',
      dur: 0.93 + i,
    })),
    { user: 'user', input: 'text', output: 'bot_reply', model: 'model_used', duration: 'dur' },
    's',
  ],
  [
    "lines of a program's log, the same message in each",
    rows(i => ({
      level: 30,
      time: 1_780_000_000_000 + i,
      pid: 7,
      hostname: 'web-1',
      reqId: `req-${i}`,
      msg: 'llm call has ended',
      model: 'mistral-large',
      promptTokens: 10 + i,
      completionTokens: 4,
      responseTime: 412 + i,
    })),
    {
      startTime: 'time',
      traceId: 'reqId',
      model: 'model',
      inputTokens: 'promptTokens',
      outputTokens: 'completionTokens',
      duration: 'responseTime',
    },
    'ms',
  ],
  [
    'fields of a structured log below the time of a collector',
    rows(i => ({
      '@timestamp': `2026-11-20T09:0${i}:00.123Z`,
      message: 'answered',
      llm: { model: 'gpt-4o', tokens: { input: 12 + i, output: 3 }, latency_ms: 301 },
      labels: ['prod'],
    })),
    {
      startTime: '@timestamp',
      model: 'llm.model',
      inputTokens: 'llm.tokens.input',
      outputTokens: 'llm.tokens.output',
      tags: 'labels',
      duration: 'llm.latency_ms',
    },
    'ms',
  ],
  [
    'request and response of a wrapper',
    rows(i => ({
      meta: { traceId: `t${i}`, env: 'prod' },
      req: { model: 'gpt-4.1', messages: [{ role: 'user', content: asked[i] }] },
      res: { text: answered[i], usage: { prompt: 5, completion: 6, total: 11 } },
    })),
    {
      traceId: 'meta.traceId',
      environment: 'meta.env',
      model: 'req.model',
      input: 'req.messages',
      output: 'res.text',
      inputTokens: 'res.usage.prompt',
      outputTokens: 'res.usage.completion',
      totalTokens: 'res.usage.total',
    },
  ],
  [
    'tickets of a support desk',
    rows(i => ({
      ticket_id: 4711 + i,
      customer_msg: asked[i],
      llm_reply: answered[i],
      deployment: 'gpt-4o-prod',
      n_in: 44 + i,
      n_out: 12,
      ok: true,
    })),
    {
      input: 'customer_msg',
      output: 'llm_reply',
      model: 'deployment',
      inputTokens: 'n_in',
      outputTokens: 'n_out',
      status: 'ok',
    },
  ],
  [
    'a gateway that counts used tokens',
    rows(i => ({
      request_id: `r${i}`,
      tenant: 'acme',
      deployment_name: 'gpt-4o',
      input_text: asked[i],
      output_text: answered[i],
      input_tokens_used: 3,
      output_tokens_used: 4,
      elapsed_ms: 55,
    })),
    {
      traceId: 'request_id',
      tenant: 'tenant',
      model: 'deployment_name',
      input: 'input_text',
      output: 'output_text',
      inputTokens: 'input_tokens_used',
      outputTokens: 'output_tokens_used',
      duration: 'elapsed_ms',
    },
    'ms',
  ],
  [
    'another language: the model by its value, question and answer by their order, the time by its looks',
    rows(i => ({
      zeitpunkt: `2026-11-20T09:0${i}:00Z`,
      modell: 'gpt-4o-mini',
      frage: `Wann kommt mein Paket Nummer ${i}?`,
      antwort: `Es kommt in ${i + 2} Tagen bei Ihnen an.`,
      dauer: 3,
    })),
    { startTime: 'zeitpunkt', model: 'modell', input: 'frage', output: 'antwort' },
  ],
  [
    'as few letters as can be',
    rows(i => ({ t: 1_780_000_000 + i, m: 'claude-haiku-4-5', in: 812 + i, out: 120, lat: 0.81, sid: `s${i}` })),
    { startTime: 't', model: 'm', inputTokens: 'in', outputTokens: 'out', duration: 'lat', session: 'sid' },
    's',
  ],
  [
    'in and out as texts',
    rows(i => ({ in: asked[i], out: answered[i], usr: `u${i}`, sess: `s${i}`, tokIn: 4, tokOut: 5 })),
    { input: 'in', output: 'out', user: 'usr', session: 'sess', inputTokens: 'tokIn', outputTokens: 'tokOut' },
  ],
  [
    'a conversation whole, and the answer beside it',
    rows(i => ({
      conversation: [{ role: 'user', content: asked[i] }],
      ai_reply: answered[i],
      chat_id: `c${i}`,
      usd: 0.01,
      model: 'x',
    })),
    { input: 'conversation', output: 'ai_reply', session: 'chat_id', cost: 'usd', model: 'model' },
  ],
  [
    'one call a row out of a data base',
    rows(i => ({
      id: 1000 + i,
      created_at: `2026-11-20 09:0${i}:00.5+00`,
      user_id: 17,
      prompt_name: 'support',
      prompt_version: 3,
      user_message: asked[i],
      response: answered[i],
      model: 'gpt-4o',
      total_tokens: 99,
      error: null,
    })),
    {
      spanId: 'id',
      startTime: 'created_at',
      user: 'user_id',
      promptName: 'prompt_name',
      promptVersion: 'prompt_version',
      input: 'user_message',
      output: 'response',
      model: 'model',
      totalTokens: 'total_tokens',
    },
  ],
]

test.each(shapes.map(shape => ({ shape })))('$shape.0', ({ shape: [, of, fields, durationUnit] }) => {
  const { isCall, ...mapping } = guess(...of)
  expect(mapping).toEqual({ fields, ...(durationUnit === undefined ? {} : { durationUnit }) })
  expect(isCall).toBe(true)
})

test.each<[string, readonly object[]]>([
  ['lengths of texts are no tokens', rows(i => ({ prompt_len: 812 + i, completion_len: 40 }))],
  ['who clicked what', rows(i => ({ who: `ann${i}`, event: 'click', page: '/cart', t: 1_780_000_000 + i }))],
  ['traffic of a network', rows(i => ({ host: `h${i}`, bytes: { received: 5, sent: 6 }, up: true }))],
])('%s: no calls', (_, of) => {
  expect(guess(...of).isCall).toBe(false)
})

test('texts that only one reading could tell apart stay unassigned', () => {
  const three = rows(i => ({ model: 'gpt-4o', one: asked[i], two: answered[i], three: `${asked[i]} ${answered[i]}` }))
  expect(guess(...three).fields).toEqual({ model: 'model' })
})
