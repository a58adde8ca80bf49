import { expect, test } from 'vitest'
import { periodBefore } from '../../renderer/views/costs/model/period.ts'

const now = Date.UTC(2026, 10, 20, 12)

test.each([
  // Berlin's clock goes back on 2026-10-25, and forward on 2026-03-29.
  ['started:2026-10', 'started:2026-09-01..2026-09-30'],
  ['started:2026-03', 'started:2026-02-01..2026-02-28'],
  ['started:2026-01..2026-02', 'started:2025-11-01..2025-12-31'],
  ['started:2026-10-26', 'started:2026-10-25'],
  ['started:2026-10-26..2026-11-01 feature:chat', 'started:2026-10-19..2026-10-25 feature:chat'],
  ['started:yesterday', 'started:2026-11-18'],
  ['started:2026', 'started:2025-01-01..2025-12-31'],
  ['started:>now-24h', 'started:"2026-11-18T12:00:00.000000002Z".."2026-11-19T12:00:00.000000000Z"'],
  ['feature:chat', undefined],
  ['started:<2026-10', undefined],
  ['started:2026-10 started:2026-11', undefined],
])('before %s comes %s', (query, before) => {
  expect(periodBefore(query, now, 'Europe/Berlin')).toBe(before)
})
