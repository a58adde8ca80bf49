import { expect, test } from 'vitest'
import {
  formatBytes,
  formatCount,
  formatMoney,
  formatPlural,
  formatShare,
  formatTokens,
} from '../../../shared/format/numbers.ts'

test.each([
  [0, '0'],
  [999, '999'],
  [999.6, '1.0k'],
  [1204, '1.2k'],
  [18_249, '18.2k'],
  [99_960, '100k'],
  [999_600, '1.0M'],
  [1_300_000, '1.3M'],
  [Number.NaN, '—'],
  [undefined, '—'],
])('tokens %s read %s', (n, text) => expect(formatTokens(n)).toBe(text))

test.each([
  [undefined, '—'],
  [0, '$0'],
  [1, '<$0.000001'],
  [4_200_000, '$0.0042'],
  [64_000_000, '$0.064'],
  [120_400_000, '$0.120'],
  [999_600_000, '$1.00'],
  [1_204_000_000, '$1.20'],
  [1_204_400_000_000, '$1,204'],
  [-4_200_000, '-$0.0042'],
  [99_600_000, '$0.100'],
])('%s nano-dollars read %s', (cost, text) => expect(formatMoney(cost)).toBe(text))

test('bytes count in powers of ten', () => {
  expect([0, 512, 999.7, 1_900_000_000, 212_000_000, undefined].map(formatBytes)).toEqual([
    '0 B',
    '512 B',
    '1.0 kB',
    '1.9 GB',
    '212 MB',
    '—',
  ])
})

test('a share is whole only when it is all', () => {
  expect(formatShare(9999, 10_000)).toBe('99%')
  expect(formatShare(10, 10)).toBe('100%')
  expect(formatShare(1, 10_000)).toBe('<1%')
  expect(formatShare(0, 10)).toBe('0%')
  expect(formatShare(1, 0)).toBe('—')
})

test('counts keep every digit', () => {
  expect(formatCount(1_204_883)).toBe('1,204,883')
  expect(formatPlural(1, 'trace')).toBe('1 trace')
  expect(formatPlural(0, 'trace')).toBe('0 traces')
  expect(formatPlural(2, 'reply', 'replies')).toBe('2 replies')
})
