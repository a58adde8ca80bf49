import { parseQuery } from '../../../../shared/query/parse.ts'
import { resolveQuery } from '../../../../shared/query/resolve.ts'
import { userZone } from '../../../state/question.ts'
import { withTime } from '../../../components/query-bar/model/time-range.ts'

/** The query with the stretch of time before its own, as long as that; undefined where it has none that begins and ends. */
export function periodBefore(query: string, now: number): string | undefined {
  const parsed = parseQuery(query)
  if (!parsed.ok) return undefined
  const condition = resolveQuery(parsed.query, { now: BigInt(now) * 1_000_000n, zone: userZone() })
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
  return withTime(query, `started:"${iso(from - (to - from))}".."${iso(from - 1n)}"`)
}

function iso(ns: bigint): string {
  const milliseconds = ns / 1_000_000n
  const text = new Date(Number(milliseconds)).toISOString().slice(0, 19)
  return `${text}.${String(((ns % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n).padStart(9, '0')}Z`
}
