import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { buildBody } from '../../shared/replay/build-body.ts'
import { callOfBody } from '../../shared/replay/body-call.ts'
import { dialectOf } from '../../shared/replay/dialects/index.ts'
import { dialectIds, Notes } from '../../shared/replay/types.ts'
import type { JsonObject } from '../../shared/domain/json.ts'
import { bodies } from './bodies.ts'
import { bodyOf, missing, recorded, requestOf } from './span-of.ts'

describe.each(dialectIds)('%s', id => {
  test('a call that is taken apart and put together again is the same body', () => {
    const body = bodies[id] as JsonObject
    const { model, stream } = body
    const about = {
      ...(typeof model === 'string' ? { model } : {}),
      ...(typeof stream === 'boolean' ? { stream } : {}),
    }
    const call = callOfBody(body, dialectOf(id), about, new Notes())
    const { store, ...rest } = body
    const built = buildBody(call, dialectOf(id)).body
    // What stands there already is left as it is, to the order of names.
    expect(built).toEqual(rest)
    expect(store === undefined || id === 'openai-responses').toBe(true)
  })
})

describe('to another provider', () => {
  const losses = JSON.parse(readFileSync(new URL('../golden/replay/losses.json', import.meta.url), 'utf8')) as Readonly<
    Record<string, object>
  >
  const to = (from: (typeof dialectIds)[number], dialect: (typeof dialectIds)[number], model = 'm') =>
    requestOf(recorded(JSON.stringify(bodies[from])), {
      model,
      profile: { name: 'Mine', origin: 'https://mine.test', dialect, keyEnv: 'MY_KEY' },
    })

  test('what both mean goes along, and what is lost is listed first', () => {
    const request = to('openai-chat', 'anthropic')
    const body = bodyOf(request)
    expect(body).toMatchObject({
      model: 'm',
      max_tokens: 400,
      temperature: 0.2,
      stop_sequences: ['END'],
      system: 'Be brief.',
      tool_choice: { type: 'tool', name: 'get_weather' },
      stream: true,
    })
    expect(body['messages']).toMatchObject([
      {
        role: 'user',
        content: [
          { type: 'text' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png' } },
          { type: 'document' },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', input: { days: 1, city: 'Lisbon' } }] },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 'call_1', content: '{"sky": "rain", "c": 14.50}' }],
      },
    ])
    expect(body['output_config']).toHaveProperty('format.type', 'json_schema')
    expect(request).toMatchObject({ grade: 'C', url: 'https://mine.test/v1/messages' })
    expect(request.headers).toMatchObject({ 'x-api-key': '$MY_KEY', 'anthropic-version': '2023-06-01' })
    const lost = missing(request).map(line => line.split(':')[0])
    expect(lost).toEqual(expect.arrayContaining(['seed', 'logit_bias', 'messages[1]']))
    expect(request.body).not.toContain('logit_bias')
  })

  test.each([
    ['anthropic', 'EqQBCgIYAhIM'],
    ['openai-responses', 'gCIPHER'],
    ['gemini', 'CiQB'],
  ] as const)('proofs of thoughts of %s stay with who gave them', (from, signature) => {
    const told = dialectIds.map(dialect => {
      const { body, grade } = to(from, dialect)
      return { dialect, grade, signed: body.includes(signature) }
    })
    expect(told).toEqual(
      dialectIds.map(dialect =>
        dialect === from ? { dialect, grade: 'A', signed: true } : { dialect, grade: 'C', signed: false },
      ),
    )
    expect(missing(to('anthropic', 'openai-chat')).join('\n')).toMatch(/reasoning/)
    // Ollama takes thoughts, but no cipher.
    const taken = to('anthropic', 'ollama-chat')
    expect(taken.body).toContain('"thinking":"')
    expect(taken.body).not.toContain('"thinking":""')
  })

  test('a model of another provider is named once, as what must be chosen', () => {
    const request = requestOf(recorded(JSON.stringify(bodies['anthropic'])), {
      profile: { name: 'Mine', origin: 'https://mine.test', dialect: 'openai-chat' },
    })
    expect(missing(request).filter(line => line.startsWith('model'))).toEqual([
      expect.stringMatching(/^model: claude-.* is of another provider: say which to ask$/),
    ])
  })

  test('cache marks and hosted tools are listed', () => {
    const lines = missing(to('anthropic', 'openai-chat')).join('\n')
    expect(lines).toContain('3 marks of what may be cached')
    expect(lines).toMatch(/web_search is run by the provider/)
    expect(to('anthropic', 'openai-chat').body).not.toContain('web_search')
  })

  test.each(dialectIds)('everything that %s says and another interface cannot is listed', from => {
    const lost = Object.fromEntries(
      dialectIds.filter(dialect => dialect !== from).map(dialect => [dialect, missing(to(from, dialect))]),
    )
    expect(lost).toEqual(losses[from])
  })

  test('a long integer among the arguments of a tool keeps its digits', () => {
    const id = '12345678901234567890'
    const calls = `[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\\"order\\":${id}}"}}]`
    const asked = `{"model":"gpt-4o","max_tokens":9,"messages":[{"role":"system","content":"s"},{"role":"user","content":"x"},{"role":"assistant","content":null,"tool_calls":${calls}},{"role":"tool","tool_call_id":"call_1","content":"ok"}]}`
    const mine = (dialect: (typeof dialectIds)[number]) => ({
      model: 'm',
      profile: { name: 'Mine', origin: 'https://mine.test', dialect },
    })
    for (const dialect of ['anthropic', 'gemini', 'ollama-chat'] as const) {
      const { body } = requestOf(recorded(asked), mine(dialect))
      expect(body).toContain(`{"order":${id}}`)
      expect(requestOf(recorded(body), mine('openai-chat')).body).toContain(`{\\"order\\":${id}}`)
    }
  })

  test('an empty text beside a call, which others refuse, is left out', () => {
    for (const dialect of ['anthropic', 'gemini', 'openai-responses'] as const)
      expect(to('ollama-chat', dialect).body).not.toMatch(/"(?:text|content)":""/)
  })

  test('calls without ids are joined to their results', () => {
    for (const from of ['ollama-chat', 'gemini'] as const) {
      const request = to(from, 'openai-chat')
      const messages = bodyOf(request)['messages']
      expect(messages).toContainEqual(
        expect.objectContaining({ tool_calls: [expect.objectContaining({ id: 'call_1' })] }),
      )
      expect(messages).toContainEqual(expect.objectContaining({ role: 'tool', tool_call_id: 'call_1' }))
      expect(request.receipt).toContainEqual(
        expect.objectContaining({ from: 'rebuilt', note: expect.stringContaining('1 ids that join') as unknown }),
      )
    }
  })

  test('a model of one provider is none of another: which to ask must be said', () => {
    const profile = { name: 'Mine', origin: 'https://mine.test', dialect: 'anthropic' as const }
    const request = requestOf(recorded(JSON.stringify(bodies['openai-chat'])), { profile })
    expect(bodyOf(request)).not.toHaveProperty('model')
    expect(missing(request).join('\n')).toMatch(/gpt-4\.1 is of another provider/)
  })
})
