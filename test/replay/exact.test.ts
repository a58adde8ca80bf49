import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dialectIds, type DialectId } from '../../shared/replay/types.ts'
import { rawSpan } from '../conventions/read-dump.ts'
import { bodies } from './bodies.ts'
import { loggedOf, missing, recorded, requestOf } from './span-of.ts'

/** As people's libraries print JSON: tight, as Python does it, on several lines. */
const spellings: readonly ((value: unknown) => string)[] = [
  value => JSON.stringify(value),
  value => JSON.stringify(value, null, 2),
  value => JSON.stringify(value, null, 1).replaceAll(/\n */g, ' '),
]

describe.each(dialectIds)('a body of %s that stands in the log', dialect => {
  test.each(spellings)('goes out as its own text, whoever printed it', spell => {
    const text = spell({ ...bodies[dialect], a_field_of_tomorrow: { deep: [null, true] } })
    const address = { 'url.full': `https://elsewhere.test${paths[dialect]}` }
    const request = requestOf(recorded(text, { attributes: address }))
    expect(request).toMatchObject({ grade: 'A', dialect, method: 'POST', body: text })
    expect(missing(request)).toEqual([])
    expect(request.receipt).toContainEqual({ field: 'a_field_of_tomorrow', from: 'log', note: 'in input.value' })
    expect(request.url).not.toContain('elsewhere')
  })

  test('is known by itself, without an address', () => {
    expect(loggedOf(recorded(JSON.stringify(bodies[dialect])))).toMatchObject({ grade: 'A', dialect })
  })
})

const paths: { readonly [id in DialectId]: string } = {
  'openai-chat': '/v1/chat/completions',
  'openai-responses': '/v1/responses',
  anthropic: '/v1/messages',
  gemini: '/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse',
  'ollama-chat': '/api/chat',
}

describe('where a body stands', () => {
  const body = JSON.stringify(bodies['openai-chat'])

  test.each([
    ['a text in an envelope', { request: body, latency_ms: 3 }],
    ['JSON in an envelope', { request: JSON.parse(body) as object, latency_ms: 3 }],
    [
      'the arguments of a function that was traced',
      { input: JSON.stringify({ args: [], kwargs: JSON.parse(body) as object }) },
    ],
    [
      'a recording',
      { request: { method: 'POST', url: 'https://x.test/v1/chat/completions', postData: { text: body } } },
    ],
    ['the record itself', JSON.parse(body) as object],
  ])('%s', (_where, attributes) => {
    const request = requestOf(rawSpan({ dialect: 'provider-bodies', attributes }))
    expect(request.body).toBe(body)
    expect(request.grade).toBe('A')
  })

  test('in a record with more around it, its own fields are taken and the others named', () => {
    const attributes = { ...(JSON.parse(body) as object), latency_ms: 3, user: 'u_1', metadata: { tenant: 't' } }
    const request = requestOf(rawSpan({ dialect: 'provider-bodies', attributes }))
    expect(request.body).toBe(body)
    expect(request.grade).toBe('B')
    expect(missing(request).map(line => line.split(':')[0])).toEqual(['latency_ms', 'user', 'metadata'])
  })

  test('what is said to a library is not sent, keys least of all', () => {
    const called = {
      ...(JSON.parse(body) as object),
      api_key: 'sk-canary-0123456789',
      timeout: 30,
      extra_headers: { authorization: 'Bearer sk-canary' },
      extra_body: { top_k: 5 },
    }
    const request = requestOf(recorded(JSON.stringify(called)))
    expect(request.grade).toBe('B')
    expect(JSON.stringify(request)).not.toContain('canary')
    expect(JSON.parse(request.body)).toEqual({ ...(JSON.parse(body) as object), top_k: 5 })
  })

  test('JSON of a record keeps its large numbers', () => {
    const attributes = {
      request: { model: 'm', messages: [{ role: 'user', content: 'x' }], seed: 12345678901234567890n },
    }
    expect(requestOf(rawSpan({ dialect: 'provider-bodies', attributes })).body).toContain('"seed":12345678901234567890')
  })
})

test('where other attributes say something else, the body is sent, and the difference told', () => {
  const body = '{"model":"gpt-4.1","temperature":0.2,"messages":[{"role":"user","content":"x"}]}'
  const attributes = { 'llm.invocation_parameters': '{"temperature":0.7}', 'llm.model_name': 'gpt-4.1-2025-04-14' }
  const { grade, receipt, body: sent } = requestOf(recorded(body, { attributes }))
  expect({ grade, sent }).toEqual({ grade: 'A', sent: body })
  expect(receipt.map(({ note }) => note)).toEqual(
    expect.arrayContaining([expect.stringContaining('0.7'), expect.stringContaining('2025-04-14')]),
  )
})

describe('5,000 generated bodies', () => {
  const anything = fc.jsonValue({ maxDepth: 3 })
  const number = fc.constantFrom('1.0', '0', '1e2', '0.10', '12345678901234567890')
  const gap = fc.constantFrom('', ' ', '\n  ')

  test.each(dialectIds)('1,000 of %s go out to the byte; an edit changes its own characters', dialect => {
    const known = Object.entries(bodies[dialect]).map(([name, value]) => [name, JSON.stringify(value)] as const)
    const edited = dialect === 'gemini' ? 'labels' : 'model'
    const extra = fc.tuple(
      fc.string({ minLength: 1, maxLength: 8 }).map(name => `x_${name}`),
      fc.oneof(
        anything.map(value => JSON.stringify(value)),
        number,
      ),
    )
    const texts = fc.tuple(fc.array(extra, { maxLength: 4 }), gap, fc.gen()).map(([extras, space, pick]) => {
      const members: (readonly [string, string])[] = [
        ...known,
        ...extras,
        ...(dialect === 'gemini' ? [['labels', '{}'] as const] : []),
      ]
      const order = members.map(member => ({ member, at: pick(fc.nat) })).toSorted((a, b) => a.at - b.at)
      return `{${space}${order.map(({ member: [name, value] }) => `${JSON.stringify(name)}:${space}${value}`).join(`,${space}`)}${space}}`
    })
    fc.assert(
      fc.property(texts, text => {
        const raw = recorded(text)
        expect(requestOf(raw)).toMatchObject({ grade: 'A', dialect, body: text })
        const { body } = requestOf(raw, { edits: [{ path: [edited], value: '"put here"' }] })
        const at = body.indexOf('"put here"')
        expect(text.startsWith(body.slice(0, at))).toBe(true)
        expect(text.endsWith(body.slice(at + '"put here"'.length))).toBe(true)
        expect(JSON.parse(body)).toEqual({ ...(JSON.parse(text) as object), [edited]: 'put here' })
      }),
      { numRuns: 1000 },
    )
  })
})
