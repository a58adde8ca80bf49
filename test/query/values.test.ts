import { describe, expect, test } from 'vitest'
import { readTime, resolveTime } from '../../shared/query/dates.ts'
import { resolveQuery } from '../../shared/query/resolve.ts'
import { readDuration, readMoney, readNumber } from '../../shared/query/values.ts'
import { parsed } from './generate.ts'

test.each([
  ['8k', 8000],
  ['1.2M', 1_200_000],
  ['2g', 2e9],
  ['-3', -3],
  ['.5', 0.5],
  ['1e3', 1000],
  ['abc', undefined],
  ['1,000', undefined],
  ['', undefined],
  ['k', undefined],
])('the number %s', (text, value) => {
  expect(readNumber(text)).toBe(value)
})

test.each([
  ['0.05', 50_000_000],
  ['$0.05', 50_000_000],
  ['1k', 1e12],
  ['0.000000001', 1],
  ['99999999999', undefined],
  ['€1', undefined],
])('the amount %s', (text, value) => {
  expect(readMoney(text)).toBe(value)
})

test.each([
  ['250ms', 250_000_000n],
  ['2s', 2_000_000_000n],
  ['1.5m', 90_000_000_000n],
  ['1h30m', 5_400_000_000_000n],
  ['7d', 604_800_000_000_000n],
  ['3µs', 3000n],
  ['12ns', 12n],
  ['0', 0n],
  ['2', undefined],
  ['2 s', undefined],
  ['s', undefined],
  ['', undefined],
])('the duration %s', (text, value) => {
  expect(readDuration(text)).toBe(value)
})

describe('times', () => {
  const clock = { now: BigInt(Date.UTC(2026, 10, 21, 16, 30)) * 1_000_000n, zone: 'Europe/Berlin' }
  const iso = (ns: bigint) => new Date(Number(ns / 1_000_000n)).toISOString()
  const stretch = (text: string, zone = clock.zone) => {
    const { from, to } = resolveTime(readTime(text)!, { ...clock, zone })
    return [iso(from), iso(to)]
  }

  test.each([
    ['2026-01-05', 'Europe/Berlin', '2026-01-04T23:00:00.000Z', '2026-01-05T23:00:00.000Z'],
    ['2026-01-05', 'America/Los_Angeles', '2026-01-05T08:00:00.000Z', '2026-01-06T08:00:00.000Z'],
    ['2026-01-05', 'Asia/Kolkata', '2026-01-04T18:30:00.000Z', '2026-01-05T18:30:00.000Z'],
    ['2026-01-05T14:02', 'UTC', '2026-01-05T14:02:00.000Z', '2026-01-05T14:03:00.000Z'],
    ['2026-01-05T14:02:03.5', 'UTC', '2026-01-05T14:02:03.500Z', '2026-01-05T14:02:03.600Z'],
    ['2026-01-05T14:02Z', 'Asia/Tokyo', '2026-01-05T14:02:00.000Z', '2026-01-05T14:03:00.000Z'],
    ['2026-01-05T14:02+02:00', 'Asia/Tokyo', '2026-01-05T12:02:00.000Z', '2026-01-05T12:03:00.000Z'],
    ['2026-02', 'UTC', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ['2026', 'UTC', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31', 'UTC', '2026-12-31T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['today', 'Europe/Berlin', '2026-11-20T23:00:00.000Z', '2026-11-21T23:00:00.000Z'],
    ['yesterday', 'Asia/Tokyo', '2026-11-20T15:00:00.000Z', '2026-11-21T15:00:00.000Z'],
    // The clock went forward at two: the day has 23 hours, and half past two never was.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:00:00.000Z', '2026-03-29T01:00:00.000Z'],
    // And back at three: the first of the two.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', '2026-10-25T00:31:00.000Z'],
    ['2026-10-25T02', 'Europe/Berlin', '2026-10-25T00:00:00.000Z', '2026-10-25T02:00:00.000Z'],
    // A day that begins at one in the morning.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'],
  ])('%s in %s', (text, zone, from, to) => {
    expect(stretch(text, zone)).toEqual([from, to])
  })

  test('relative to now', () => {
    expect(stretch('now-2h')[0]).toBe('2026-11-21T14:30:00.000Z')
    expect(stretch('now')[0]).toBe('2026-11-21T16:30:00.000Z')
    expect(stretch('1780000000000')[0]).toBe('2026-05-28T20:26:40.000Z')
  })

  test.each([
    '2026-02-30',
    '2026-13-01',
    '2026-01-05T25',
    'now-',
    'now-2',
    'soon',
    '26-01-05',
    '2026-1-5',
    'now-999999999w',
  ])('%s is no time', text => {
    expect(readTime(text)).toBeUndefined()
  })

  test('an end that is a day includes all of it', () => {
    const bounds = (text: string) => {
      const condition = resolveQuery(parsed(`started:${text}`), { ...clock, zone: 'UTC' })
      return condition?.type === 'leaf' && condition.leaf.type === 'interval' ? condition.leaf.within : undefined
    }
    const day = (n: number) => BigInt(Date.UTC(2026, 0, n)) * 1_000_000n
    expect(bounds('2026-01-05..2026-01-06')).toEqual({ least: day(5), most: day(7), mostIsOpen: true })
    expect(bounds('<=2026-01-06')).toEqual({ most: day(7), mostIsOpen: true })
    expect(bounds('<2026-01-06')).toEqual({ most: day(6), mostIsOpen: true })
    expect(bounds('>2026-01-06')).toEqual({ least: day(7) })
    expect(bounds('2026-01-06')).toEqual({ least: day(6), most: day(7), mostIsOpen: true })
  })
})
