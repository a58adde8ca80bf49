import { expect, test } from 'vitest'
import type { Message } from '../../shared/domain/message.ts'
import { repeatsOf, type Said } from '../../shared/messages/repeats.ts'
import { contentOf, isInstruction } from '../../shared/messages/same-content.ts'

const say = (role: string, text: string): Message => ({ role, parts: [{ type: 'text', text }] })

function said(sent: readonly Message[], answered: readonly Message[] = []): Said {
  return {
    sent: sent.map(contentOf),
    answered: answered.map(contentOf),
    instruction: Uint8Array.from(sent, ({ role }) => (isInstruction(role) ? 1 : 0)),
  }
}

const repeats = (now: readonly Message[], before: Said) => {
  const { same, count, gone } = repeatsOf(said(now), before)
  return { same: [...same].join(''), count, gone }
}

test('a history that grew at its end, and the answer that was sent back', () => {
  const first = said([say('system', 'Be brief.'), say('user', 'hi')], [say('assistant', 'hello')])
  const next = [say('system', 'Be brief.'), say('user', 'hi'), say('assistant', 'hello '), say('user', 'and now?')]
  expect(repeats(next, first)).toEqual({ same: '1110', count: 2, gone: 0 })
})

test('instructions that name the time do not make a conversation a new one', () => {
  const first = said([say('system', 'It is 9:00.'), say('user', 'hi')])
  expect(repeats([say('system', 'It is 9:05.'), say('user', 'hi')], first)).toEqual({ same: '01', count: 1, gone: 0 })
})

test('what was said again is new', () => {
  const first = said([say('user', 'yes')], [say('assistant', 'sure?')])
  expect(repeats([say('user', 'yes'), say('assistant', 'sure?'), say('user', 'yes')], first).same).toBe('110')
})

test('a history that was cut says how much of it is gone', () => {
  const before = said(['a', 'b', 'c', 'd'].map(text => say('user', text)))
  expect(repeats([say('user', 'summary'), say('user', 'd'), say('user', 'e')], before)).toEqual({
    same: '010',
    count: 1,
    gone: 3,
  })
  expect(repeats([say('user', 'something else')], before)).toEqual({ same: '0', count: 0, gone: 0 })
})

test('one message in the spellings of two calls', () => {
  const answered: Message = {
    role: 'model',
    finishReason: 'tool_calls',
    parts: [
      { type: 'reasoning', text: 'let me look' },
      { type: 'text', text: 'One ' },
      { type: 'text', text: 'moment' },
      { type: 'tool_call', id: 'c1', name: 'find', arguments: { id: 7 } },
    ],
  }
  const sentBack: Message = {
    role: 'assistant',
    parts: [
      { type: 'text', text: 'One\nmoment' },
      { type: 'tool_call', id: 'call_1', name: 'find', arguments: '{"id": 7}' },
    ],
  }
  expect(contentOf(answered)).toBe(contentOf(sentBack))
  expect(contentOf(say('user', 'a'))).not.toBe(contentOf(say('assistant', 'a')))
})

test('a hundred thousand times the same word', () => {
  const many = Array.from({ length: 100_000 }, () => say('user', 'ok'))
  expect(repeats([say('user', 'first'), ...many], said(many))).toMatchObject({ count: 100_000, gone: 0 })
})
