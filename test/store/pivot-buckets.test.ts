import { describe, expect, test } from 'vitest'
import { TimeBuckets } from '../../electron/store/pivot/buckets.ts'
import { callsOf } from '../../renderer/views/costs/model/clauses.ts'
import { ask, generation, question, second } from './cost-calls.ts'
import { importFile, memoryStore } from './stores.ts'

describe('buckets of time', () => {
  test('every hour around a change by half an hour opens the calls it counts', async () => {
    const zone = 'Australia/Lord_Howe'
    using store = memoryStore()
    const minute = 60n * second
    const around = ['2026-04-04T14:00:00Z', '2026-10-03T14:00:00Z'].map(iso => BigInt(Date.parse(iso)) * 1_000_000n)
    importFile(
      store,
      around.flatMap((from, k) =>
        Array.from({ length: 18 }, (_, n) =>
          generation({ trace: 't', id: `${k} ${n}`, start: from + BigInt(n) * 10n * minute, call: { model: 'm' } }),
        ),
      ),
    )
    const { answer, rows } = await ask(store, [], ['calls'], { per: 'hour', zone })
    expect(rows.map(row => row[1])).toEqual([6, 3, 6, 3, 3, 6, 3, 6])
    for (const [r, key] of answer.keys.entries()) {
      const { query } = callsOf('', [], 'hour', key, undefined, undefined, zone)
      expect([query, (await ask(store, [], ['calls'], { where: { ...question(query), zone } })).total]).toEqual([
        query,
        [answer.values[r]],
      ])
    }
  })

  const at = (iso: string) => Date.parse(iso) * 1000

  test('the day on which the clock goes back has 25 hours, and an hour comes twice', () => {
    const hours = new TimeBuckets('hour', 'Europe/Berlin')
    const days = new TimeBuckets('day', 'Europe/Berlin')
    const from = at('2026-10-24T22:00:00Z')
    const labels = Array.from({ length: 26 }, (_, h) => hours.label(hours.of(from + h * 3_600_000_000)))
    expect(new Set(labels.slice(0, 25)).size).toBe(25)
    expect(labels.slice(2, 4)).toEqual(['2026-10-25T02+02:00', '2026-10-25T02+01:00'])
    const ofDay = Array.from({ length: 26 }, (_, h) => days.label(days.of(from + h * 3_600_000_000)))
    expect([...new Set(ofDay.slice(0, 25)), ofDay[25]]).toEqual(['2026-10-25', '2026-10-26'])
  })

  test('a clock that changes by half an hour has two short hours, of a name each', () => {
    const hours = new TimeBuckets('hour', 'Australia/Lord_Howe')
    const labels = (iso: string) =>
      Array.from({ length: 5 }, (_, n) => hours.label(hours.of(at(iso) + n * 1_800_000_000)).slice(11))
    expect(labels('2026-10-03T14:30:00Z')).toEqual(['01+10:30', '01+10:30', '02+11:00', '03+11:00', '03+11:00'])
    expect(labels('2026-04-04T14:00:00Z')).toEqual(['01+11:00', '01+11:00', '01+10:30', '02+10:30', '02+10:30'])
    expect(hours.after(hours.of(at('2026-10-03T15:00:00Z')))).toBe(at('2026-10-03T15:30:00Z'))
  })

  test('weeks begin on Mondays, months on their first, before 1970 too; a zone of half an hour', () => {
    const label = (length: 'week' | 'month' | 'day' | 'hour', iso: string, zone = 'UTC') => {
      const buckets = new TimeBuckets(length, zone)
      return buckets.label(buckets.of(at(iso)))
    }
    expect(label('week', '2026-11-22T23:59:59Z')).toBe('2026-11-16')
    expect(label('week', '1969-12-31T00:00:00Z')).toBe('1969-12-29')
    expect(label('month', '2026-12-01T02:00:00Z', 'America/New_York')).toBe('2026-11-01')
    expect(label('day', '2026-11-22T18:29:59Z', 'Asia/Kolkata')).toBe('2026-11-22')
    expect(label('day', '2026-11-22T18:30:00Z', 'Asia/Kolkata')).toBe('2026-11-23')
    expect(label('hour', '2026-11-22T18:30:00Z', 'Asia/Kolkata')).toBe('2026-11-23T00+05:30')
    expect(new TimeBuckets('day', 'UTC').of(Number.NaN)).toBeNaN()
  })
})
