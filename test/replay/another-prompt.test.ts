import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MemoryHost, openMemoryHost } from '../../electron/hosts/memory.ts'
import type { PromptWanted } from '../../shared/contract/replay.ts'
import { writtenSlots } from '../../shared/prompts/written-template.ts'
import { withAnotherPrompt } from '../../shared/replay/another-prompt.ts'
import { loggedOf, recorded } from './span-of.ts'

const values = new Map([
  ['tier', 'gold'],
  ['note', ''],
])
const asked = (body: string, template = 'New for {{tier}}.{{note}}', was?: string) => {
  const { slots } = writtenSlots({ template })
  const prompt = { called: 'x@2', text: template, slots, values, ...(was === undefined ? {} : { was }) }
  return withAnotherPrompt(loggedOf(recorded(body)), prompt)
}

test.each([
  [
    'openai-chat',
    '{"model":"m", "messages":[{"role":"developer","content":"Old"},{"role":"user","content":"Old too"}],"top_p":1.0}',
    '"content":"Old"',
  ],
  [
    'parts',
    '{"model":"m","messages":[{"role":"system","content":[{"type":"text","text":"Old", "cache_control":null}]},{"role":"user","content":"x"}]}',
    '"text":"Old"',
  ],
  ['openai-responses', '{"model":"gpt-5","instructions":"Old","input":"x"}', '"instructions":"Old"'],
  [
    'anthropic',
    '{"model":"claude-opus-4-7","max_tokens":9,"system":[{"type":"text","text":"Old","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":"x"}]}',
    '"text":"Old"',
  ],
  [
    'gemini',
    '{"systemInstruction":{"parts":[{"text":"Old"}]},"contents":[{"role":"user","parts":[{"text":"x"}]}]}',
    '"text":"Old"',
  ],
  [
    'no system prompt',
    '{"model":"m","messages":[{"role":"user","content":"Old"},{"role":"user","content":"x"}]}',
    '"content":"Old"',
  ],
])('the prompt of %s is another, and no other character', (_, body, place) => {
  expect(asked(body)?.body).toBe(body.replace(place, place.replace('Old', 'New for gold.')))
})

test('a text that the call’s own template made is the one that changes, wherever it stands', () => {
  const body = '{"model":"m","messages":[{"role":"system","content":"Be good."},{"role":"user","content":"Hi gold."}]}'
  expect(asked(body, 'Hello {{tier}}!', 'Hi gold.')?.body).toBe(body.replace('Hi gold.', 'Hello gold!'))
})

test('a prompt in several texts becomes one; what is taken out is said', () => {
  const body =
    '{"model":"m","messages":[{"role":"system","content":"A"},{"role":"system","content":"B"},{"role":"user","content":"x"}]}'
  const { body: now, receipt } = asked(body)!
  expect(now).toBe(
    '{"model":"m","messages":[{"role":"system","content":"New for gold."},{"role":"user","content":"x"}]}',
  )
  expect(receipt.map(({ field }) => field)).toContain('messages.1')
})

test('what has no value is said, and makes the request lossy; where there is no text there is no request', () => {
  const body = '{"model":"m","messages":[{"role":"system","content":"A"},{"role":"user","content":"x"}]}'
  const made = asked(body, '{{tier}} {{order}}')!
  expect(made.grade).toBe('C')
  expect(JSON.parse(made.body).messages[0].content).toBe('gold {{order}}')
  expect(made.receipt.at(-1)).toMatchObject({ field: '{{order}}', from: 'missing' })
  expect(asked('{"model":"m","messages":[]}')).toBeUndefined()
})

let host: MemoryHost
beforeAll(async () => {
  host = openMemoryHost()
  const ended = new Promise(resolve => host.on('imports.ended', resolve))
  await host.ask('imports.sample', {})
  await ended
})
afterAll(() => host.close())

test('versions, drafts and texts are asked for by name, with what a call was sent in them', async () => {
  const { calls } = await host.ask('prompts.calls', { prompt: 'order-support', version: '7', offset: 0, limit: 1 })
  const { id, variables } = calls[0]!
  const textOf = async (prompt?: PromptWanted) => {
    const request = await host.ask('replay.request', { id, ...(prompt ? { prompt } : {}) })
    return { ...request, text: JSON.parse(request.body).messages[0].content as string }
  }
  const of = { prompt: 'order-support', version: '7' }
  const [logged, same] = [await textOf(), await textOf(of)]
  expect(same.body).toBe(logged.body)
  const other = await textOf({ ...of, version: '6' })
  expect(other.grade).toBe('A')
  expect(other.text).not.toBe(logged.text)
  expect(other.text).not.toContain('{{')
  const tier = variables.find(({ name }) => name === 'tier')!.value
  await expect(textOf({ ...of, draft: true })).rejects.toMatchObject({ code: 'replay/no-draft' })
  const draft = { template: '{{tier}} {{mood}} {{why}}', variables: { tier: 'Tried', mood: 'kind', why: '' } }
  await host.ask('prompts.saveDraft', { ...of, draft })
  expect(await textOf({ ...of, draft: true })).toMatchObject({ text: `${tier} kind {{why}}`, grade: 'C' })
  const written = await textOf({ template: '{{tier}} {{who}}', variables: { tier: 'Mine' } })
  expect(written).toMatchObject({ text: 'Mine {{who}}', grade: 'C' })
  const { tokens } = await host.ask('replay.tokens', { id })
  expect((await host.ask('replay.tokens', { id, prompt: { template: 'Short.' } })).tokens).toBeLessThan(tokens)
})
