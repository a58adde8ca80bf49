import { expect, test } from 'vitest'
import { hasSecret, isSecretName, isSecretText } from '../../shared/domain/secrets.ts'

test.each([
  ['a name', { headers: { Authorization: 'Basic abc' } }],
  ['a name with a dash', { 'x-api-key': 'k' }],
  ['a key by its look', { note: [{ at: 'sk-proj-0123456789abcdef' }] }],
  ['a Google key', { url: 'AIzaSyA00000000000000000000000000000000' }],
  ['a web token', { t: `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${'x'.repeat(20)}` }],
  ['a long text under such a name', { api_key: { deferred: true, read: () => 'k' } }],
])('%s tells a credential', (_what, record) => {
  expect(hasSecret(record)).toBe(true)
})

test.each([
  ['what was masked', { api_key: '***', authorization: '[REDACTED]', password: '' }],
  ['a word that begins like a key', { text: 'sk-learn is a library for machines' }],
  ['a token count', { prompt_tokens: 12, completion_tokens: 3 }],
  ['base64 that is no web token', { data: `eyJ${'a'.repeat(100)}` }],
])('%s is none', (_what, record) => {
  expect(hasSecret(record)).toBe(false)
})

test('hostile names and sizes cost nothing', () => {
  expect(isSecretName('__proto__')).toBe(false)
  expect(isSecretText('s'.repeat(10_000_000))).toBe(false)
  expect(hasSecret({ list: Array.from({ length: 1_000_000 }, () => 'a') })).toBe(false)
})
