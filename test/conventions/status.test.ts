import { expect, test } from 'vitest'
import type { RawEvent, RawSpan } from '../../shared/domain/raw-span.ts'
import { readFacts, readWhole } from '../../shared/conventions/index.ts'
import { attributes, rawSpan } from './read-dump.ts'

const exception: RawEvent = {
  name: 'exception',
  attributes: attributes({ 'exception.type': 'TimeoutError', 'exception.message': 'after 5 s' }),
}

test.each<[string, Parameters<typeof rawSpan>[0], string, string | undefined]>([
  ['nothing said', {}, 'unset', undefined],
  ['ok said', { status: 'ok' }, 'ok', undefined],
  ['the code', { status: 'error' }, 'error', undefined],
  ['error.type', { attributes: { 'error.type': 'RateLimitError' } }, 'error', 'RateLimitError'],
  ['error.type beside OK', { status: 'ok', attributes: { 'error.type': '429' } }, 'error', '429'],
  ['an exception', { events: [exception] }, 'error', 'TimeoutError'],
  ['a handled exception on a success', { status: 'ok', events: [exception] }, 'ok', 'TimeoutError'],
  ['a flag', { attributes: { error: true } }, 'error', undefined],
  ['http 500', { attributes: { 'http.response.status_code': 500 } }, 'error', undefined],
  ['http 429 as text', { attributes: { 'http.status_code': '429' } }, 'error', undefined],
  ['http 200', { attributes: { 'http.response.status_code': 200 } }, 'unset', undefined],
])('%s', (_what, fields, status, errorType) => {
  const { facts } = readFacts(rawSpan(fields))
  expect(facts.status).toBe(status)
  expect(facts.errorType).toBe(errorType)
})

test('the message comes from the status, else from the last exception', () => {
  const deferred = { deferred: true as const, read: () => 'told at length' }
  expect(readWhole(rawSpan({ status: 'error', statusMessage: deferred, events: [exception] })).statusMessage).toBe(
    'told at length',
  )
  expect(readWhole(rawSpan({ events: [exception] })).statusMessage).toBe('after 5 s')
})

test('resource facts, and a span attribute before them', () => {
  const resource = attributes({
    'service.name': 'support-copilot',
    'service.version': '1.4.0',
    'deployment.environment': 'staging',
    'session.id': 'of the process',
  })
  const { facts } = readFacts(
    rawSpan({ resource, attributes: { 'session.id': 'sess_1', 'enduser.pseudo.id': 'u', 'tenant.id': 't' } }),
  )
  expect(facts).toMatchObject({
    application: 'support-copilot',
    release: '1.4.0',
    environment: 'staging',
    session: 'sess_1',
    user: 'u',
    tenant: 't',
  })
  const nobody = rawSpan({ resource: attributes({ 'service.name': 'unknown_service:node' }) })
  expect(readFacts(nobody).facts.application).toBeUndefined()
})

test('times, lengths and marks come through exactly', () => {
  const span: Partial<RawSpan> = {
    start: 1795190687002000001n,
    end: 1795190687002000000n,
    marks: ['negative-duration'],
  }
  const found = readWhole(rawSpan(span))
  expect(found).toMatchObject({
    startTime: '1795190687002000001',
    endTime: '1795190687002000000',
    marks: ['negative-duration'],
  })
  expect(found).not.toHaveProperty('durationNs')
  expect(readWhole(rawSpan({ duration: 5n }))).toMatchObject({ durationNs: '5' })
})

test('zero tokens on a call that did not fail are doubtful', () => {
  const call = { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 0, 'gen_ai.usage.output_tokens': 5 }
  expect(readWhole(rawSpan({ attributes: call }))).toMatchObject({
    usage: { input: 0, output: 5 },
    marks: ['doubtful-usage'],
  })
  expect(readWhole(rawSpan({ attributes: call, status: 'error' })).marks).toBeUndefined()
})
