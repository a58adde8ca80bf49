import { expect, test } from 'vitest'
import { formatDate, formatDateTime, formatDuration, formatTime, formatTimeLeft } from '../../../shared/format/times.ts'

test.each([
  [undefined, '—'],
  [Number.NaN, '—'],
  [0, '0'],
  [0.25, '250 ns'],
  [4.2, '4.2 µs'],
  [850, '850 µs'],
  [999.7, '1 ms'],
  [4200, '4.2 ms'],
  [410_400, '410 ms'],
  [999_700, '1.00 s'],
  [2_310_000, '2.31 s'],
  [12_849_000, '12.8 s'],
  [59_990_000, '1m 00s'],
  [184_000_000, '3m 04s'],
  [3_599_900_000, '1h 00m'],
  [7_500_000_000, '2h 05m'],
  [273_600_000_000, '3d 4h'],
  [-2_310_000, '-2.31 s'],
])('%s µs last %s', (us, text) => expect(formatDuration(us)).toBe(text))

test('a time is the same from microseconds and from nanosecond text', () => {
  expect(formatTime(1_780_495_331_204_999, 'UTC')).toBe('14:02:11.204')
  expect(formatTime('1780495331204999999', 'UTC')).toBe('14:02:11.204')
  expect(formatDate('1780495331204999999', 'UTC')).toBe('2026-06-03')
  expect(formatDateTime(1_780_495_331_204_999, 'Asia/Tokyo')).toBe('2026-06-03 23:02:11.204')
})

test('midnight is 00, before 1970 rounds down, and nonsense is a dash', () => {
  expect(formatTime(0, 'UTC')).toBe('00:00:00.000')
  expect(formatDateTime('-1', 'UTC')).toBe('1969-12-31 23:59:59.999')
  expect(formatTime('not a number')).toBe('—')
  expect(formatTime(Number.MAX_VALUE)).toBe('—')
  expect(formatDateTime(undefined)).toBe('—')
})

test('time left is rounded', () => {
  expect(formatTimeLeft(undefined)).toBeUndefined()
  expect(formatTimeLeft(0.2)).toBe('about 1 s left')
  expect(formatTimeLeft(41.3)).toBe('about 41 s left')
  expect(formatTimeLeft(200)).toBe('about 3 min left')
})
