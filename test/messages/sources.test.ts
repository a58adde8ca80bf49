import { expect, test } from 'vitest'
import type { Message, RetrievedDocument } from '../../shared/domain/message.ts'
import { createSourceReader, originOf } from '../../shared/messages/sources.ts'

const user = (text: string): Message => ({ role: 'user', parts: [{ type: 'text', text }] })
const never = () => false
const read = (document: Omit<RetrievedDocument, 'rank'>, input?: readonly Message[], output?: readonly Message[]) =>
  createSourceReader({ input, output }, never)({ rank: 1, ...document })

const long = `Support may refund up to 150 USD. ${'Larger amounts go to the returns desk. '.repeat(10)}`

test('a text that was laid out anew, or sent as the JSON of a tool result, was sent', () => {
  const content = 'Gift cards never\n  expire.'
  expect(read({ content }, [user('Context: GIFT CARDS never expire. Answer.')]).sent).toBe('whole')
  const result = JSON.stringify({ hits: [{ text: content }] })
  expect(read({ content }, [{ role: 'tool', parts: [{ type: 'tool_result', result }] }]).sent).toBe('whole')
  expect(read({ content }, [{ role: 'tool', parts: [{ type: 'tool_result', result: [{ content }] }] }]).sent).toBe(
    'whole',
  )
  expect(read({ content }, [user('Something else')]).sent).toBe('no')
})

test('a text that was cut before it was sent is told from one that was not sent', () => {
  expect(read({ content: long }, [user(long.slice(0, 200))]).sent).toBe('beginning')
  expect(read({ content: long }, [user(long.slice(0, 30))]).sent).toBe('no')
})

test('what is not known is absent', () => {
  expect(read({ content: long })).not.toHaveProperty('sent')
  expect(read({ content: long })).not.toHaveProperty('named')
  expect(read({ title: 'Returns' }, [user('Returns')])).not.toHaveProperty('sent')
  const late = createSourceReader({ input: [user(long)], output: [user(long)] }, () => true)
  expect(late({ rank: 3, content: long })).toEqual({ rank: 3, excerpt: long.slice(0, 400) + '…' })
})

test('an answer names a document by its id, title or address, as a word of its own', () => {
  const answer = [user('See RET-12 and the page “Two-year warranty”.')]
  expect(read({ id: 'RET-12' }, [], answer).named).toBe(true)
  expect(read({ id: 'RET-1' }, [], answer).named).toBe(false)
  expect(read({ id: 'x', title: 'Two-Year  Warranty' }, [], answer).named).toBe(true)
  expect(read({ uri: 'https://a/b' }, [], answer).named).toBe(false)
})

test('hostile texts cost little and cut no character', () => {
  const deep = `${'['.repeat(5000)}"x"${']'.repeat(5000)}`
  expect(read({ content: 'x' }, [{ role: 'tool', parts: [{ type: 'tool_result', result: deep }] }]).sent).toBe('whole')
  expect(read({ content: `${'a'.repeat(399)}😀` }).excerpt).toBe(`${'a'.repeat(399)}…`)
  expect(originOf(JSON.parse('{"__proto__":{"source":"x"}}'))).toBeUndefined()
  expect(originOf({ file_name: 'a.md' })).toBe('a.md')
})
