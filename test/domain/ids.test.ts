import { expect, test } from 'vitest'
import { normalizeId } from '../../shared/domain/ids.ts'

const trace = '5b8efff798038103d269b633813fc60c'
const span = 'eee19b7ec3c1b174'

// One row per spelling of an id that was met.
test.each([
  ['hex', trace, trace],
  ['hex of a span', span, span],
  ['upper case', trace.toUpperCase(), trace],
  ['0x prefix', `0x${trace}`, trace],
  ['0X prefix, upper case', `0X${span.toUpperCase()}`, span],
  ['UUID dashes', '5b8efff7-9803-8103-d269-b633813fc60c', trace],
  ['base64 of 16 bytes', base64(trace), trace],
  ['base64 of 8 bytes', base64(span), span],
  ['base64 of the 32 hex digits', Buffer.from(trace, 'latin1').toString('base64'), trace],
  ['base64 of the 16 hex digits', Buffer.from(span, 'latin1').toString('base64'), span],
  ['48 digits: hex that a gateway read as base64', Buffer.from(trace, 'base64').toString('hex'), trace],
  ['24 digits: the same of a span', Buffer.from(span, 'base64').toString('hex'), span],
  ['a prefixed id', 'tr_01HZ9WJ001', 'tr_01HZ9WJ001'],
  ['an elided id', 'tr_01HZ...', 'tr_01HZ...'],
  ['an OpenAI Agents id', 'trace_9f86d081884c7d659a2feaa0c55ad015', 'trace_9f86d081884c7d659a2feaa0c55ad015'],
  ['decimal text', '1234567890', '1234567890'],
  ['dashes in an opaque id stay', 'run-1', 'run-1'],
])('%s', (_what, written, normal) => {
  expect(normalizeId(written)).toBe(normal)
})

test.each([
  ['empty', ''],
  ['zeros of a trace', '0'.repeat(32)],
  ['zeros of a span', '0'.repeat(16)],
  ['zeros after 0x', `0x${'0'.repeat(32)}`],
  ['zeros in base64', base64('0'.repeat(16))],
  ['zeros encoded twice', Buffer.from('0'.repeat(16), 'latin1').toString('base64')],
  ['null', null],
  ['an object', {}],
])('no id: %s', (_what, written) => {
  expect(normalizeId(written)).toBeUndefined()
})

test('numbers are ids under their digits, past 2^53 too', () => {
  expect(normalizeId(17)).toBe('17')
  expect(normalizeId(18446744073709551615n)).toBe('18446744073709551615')
})

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}
