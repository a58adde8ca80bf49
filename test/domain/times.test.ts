import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTime, ulidTime } from '../../shared/domain/times.ts'

const second = 1_700_000_000n * 1_000_000_000n

test.each([
  ['ISO', '2023-11-14T22:13:20Z', second],
  ['fraction of a microsecond', '2023-11-14T22:13:20.123456789Z', second + 123_456_789n],
  ['more digits than nanoseconds hold', '2023-11-14T22:13:20.1234567891234Z', second + 123_456_789n],
  ['comma', '2023-11-14T22:13:20,5Z', second + 500_000_000n],
  ['the first moment of 64 bits', '1677-09-21T00:12:43.145224193Z', -(2n ** 63n) + 1n],
  ['the last moment of 64 bits', '2262-04-11T23:47:16.854775807Z', 2n ** 63n - 1n],
  ['before 1970', '1969-12-31T23:59:59.999999999Z', -1n],
  ['an offset', '2023-11-15T00:13:20+02:00', second],
  ['an offset without colon', '2023-11-14T17:13:20-0500', second],
  ['seconds', 1_700_000_000, second],
  ['seconds with decimals', 1_700_000_000.25, second + 250_000_000n],
  ['milliseconds', 1_700_000_000_000, second],
  ['milliseconds with decimals (Genkit)', '1700000000000.123456', second + 123_456n],
  ['microseconds', '1700000000000000', second],
  ['nanoseconds', '1700000000123456789', second + 123_456_789n],
  ['nanoseconds as bigint', second + 1n, second + 1n],
  ['exponent', '1.7e9', second],
  ['seconds and nanoseconds', [1_700_000_000, 5], second + 5n],
])('%s', (_what, written, ns) => {
  expect(parseTime(written)).toEqual({ ns })
})

test.each(['2023-11-14T22:13:20', '2023-11-14 22:13:20', '2023-11-14 22:13:20.000000'])(
  'no zone is read as UTC and said: %s',
  written => {
    expect(parseTime(written)).toEqual({ ns: second, noZone: true })
  },
)

test.each([
  0,
  '0',
  0n,
  [0, 0],
  '',
  'yesterday',
  NaN,
  Infinity,
  null,
  {},
  '2023-13-01',
  '2023-02-31T00:00:00Z',
  '2023-11-14T25:00:00Z',
  '0001-01-01T00:00:00Z',
  '0070-01-01T00:00:01Z',
  '9999-12-31T23:59:59Z',
  ['a', 1],
  '9'.repeat(40),
])('no time: %s', written => {
  expect(parseTime(written)).toBeUndefined()
})

test('every nanosecond survives being written as ISO text and as digits', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 10n ** 18n, max: 4n * 10n ** 18n }), ns => {
      const iso = new Date(Number(ns / 1_000_000n)).toISOString().slice(0, 19)
      expect(parseTime(`${iso}.${(ns % 1_000_000_000n).toString().padStart(9, '0')}Z`)).toEqual({ ns })
      expect(parseTime(ns.toString())).toEqual({ ns })
    }),
  )
})

test('whatever it is, it is a time or no time', () => {
  const time = (value: unknown) => {
    const ns = parseTime(value)?.ns
    expect(ns === undefined || typeof ns === 'bigint').toBe(true)
  }
  fc.assert(fc.property(fc.anything(), time))
  fc.assert(fc.property(fc.string(), time))
})

test('a ULID tells when it was made', () => {
  expect(ulidTime('01ARZ3NDEKTSV4RRFFQ69G5FAV')).toBe(1_469_922_850_259_000_000n)
  expect(ulidTime('tr_01ARZ3NDEKTSV4RRFFQ69G5FAV')).toBe(1_469_922_850_259_000_000n)
  expect(ulidTime('tr_01HZ...')).toBeUndefined()
  expect(ulidTime('zzzzzzzzzzzzzzzzzzzzzzzzzz')).toBeUndefined()
})
