import { parseQuery } from '../../../../shared/query/parse.ts'
import { resolveQuery } from '../../../../shared/query/resolve.ts'
import { userZone } from '../../../state/question.ts'
import { civilToInstant, localDay, type Civil } from '../../../../shared/query/zones.ts'
import { withTime } from '../../../components/query-bar/model/time-range.ts'

/**
 * The query with the stretch of time before its own, undefined where it has none that begins and ends: before whole months
 * as many months, before whole days as many days, also where a clock was changed; before any other as much time.
 */
export function periodBefore(query: string, now: number, zone = userZone()): string | undefined {
  const parsed = parseQuery(query)
  if (!parsed.ok) return undefined
  const condition = resolveQuery(parsed.query, { now: BigInt(now) * 1_000_000n, zone })
  const parts = condition?.type === 'all' ? condition.of : condition ? [condition] : []
  const starts = parts.flatMap(one =>
    one.type === 'leaf' && one.leaf.type === 'interval' && one.leaf.field.id === 'started' ? [one.leaf.within] : [],
  )
  const [only] = starts
  if (starts.length !== 1 || only?.least === undefined) return undefined
  const from = BigInt(only.least)
  // What has no end goes on until now.
  const to = only.most === undefined ? BigInt(now) * 1_000_000n : BigInt(only.most) + (only.mostIsOpen ? 0n : 1n)
  if (to <= from) return undefined
  return withTime(query, daysBefore(from, to, zone) ?? `started:"${iso(from - (to - from))}".."${iso(from - 1n)}"`)
}

/** Undefined where not both are the beginning of a day in the zone. */
function daysBefore(from: bigint, to: bigint, zone: string): string | undefined {
  const [first, past] = [dayAt(from, zone), dayAt(to, zone)]
  if (!first || !past) return undefined
  const days = (dayNumber(past) - dayNumber(first)) / day
  const months = (past.year - first.year) * 12 + past.month - first.month
  const isWhole = first.day === 1 && past.day === 1
  const begin = isWhole
    ? dayNumber({ ...first, month: first.month - months })
    : dayNumber({ ...first, day: first.day - days })
  const end = dayNumber(first) - day
  return begin === end ? `started:${label(begin)}` : `started:${label(begin)}..${label(end)}`
}

const day = 86_400_000

function dayAt(ns: bigint, zone: string): Civil | undefined {
  const found = { ...localDay({ now: ns, zone }), hour: 0, minute: 0, second: 0 }
  return civilToInstant(found, zone) === ns ? found : undefined
}

function dayNumber({ year, month, day: one }: Civil): number {
  return Date.UTC(year, month - 1, one)
}

function label(days: number): string {
  return new Date(days).toISOString().slice(0, 10)
}

function iso(ns: bigint): string {
  const milliseconds = ns / 1_000_000n
  const text = new Date(Number(milliseconds)).toISOString().slice(0, 19)
  return `${text}.${String(((ns % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n).padStart(9, '0')}Z`
}
