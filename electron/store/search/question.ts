import type { Question } from '../../../shared/contract/search.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { queryProblem } from '../../../shared/query/errors.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import type { Condition } from '../../../shared/query/plan.ts'
import { resolveQuery } from '../../../shared/query/resolve.ts'
import { aheadAt } from '../../../shared/query/zones.ts'

/** What a question asks; undefined is every span. Throws `query/…` with the place of the mistake. */
export function readQuestion({ query, now, zone }: Question): Condition | undefined {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw queryProblem(parsed.error)
  if (!isZone(zone)) throw new InspectorError('query/no-zone', 'There is no such time zone.')
  return resolveQuery(parsed.query, { now: BigInt(now) * 1_000_000n, zone })
}

let knownZone: string | undefined

/** Looking a zone up takes as long as a short question does, and whoever asks is mostly in the same one. */
export function isZone(zone: string): boolean {
  if (zone === knownZone) return true
  try {
    aheadAt(0, zone)
    knownZone = zone
    return true
  } catch {
    return false
  }
}
