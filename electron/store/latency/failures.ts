import type { Input, Output } from '../../../shared/contract/index.ts'
import type { ListValue } from '../../../shared/contract/lists.ts'
import { searchedOf, type Asked } from '../lists/asking.ts'
import { spanDimension } from '../pivot/dimensions.ts'
import { retriedRows } from '../table/attempts.ts'
import { failedSpans, matchingSpans, spanLengths } from './operations.ts'

/** Records that are read for their causes: half a second to two. */
const mostRead = 1000
/** Of a message that stands in for a cause. */
const longestCause = 200

/** Types that every error has. */
const saysNothing = /^\s*(?:error|exception|_other|unknown|failed|failure)?\s*$/i

const speaksOfTime = /time[\s_-]?(?:d[\s_-]?)?out|deadline|ETIMEDOUT|\b(?:408|504|524)\b/i

interface Group {
  readonly key: readonly (ListValue | null)[]
  failures: number
  retries: number
  timeouts: number
  lost: number
}

/** Spans that failed, by operation and cause, in turns. */
export function* failuresOf(
  asked: Asked,
  { limit }: Omit<Input<'latency.failures'>, 'where'>,
): Generator<void, Output<'latency.failures'>> {
  const { table } = asked.subject
  const isIn = matchingSpans(asked)
  const failed = failedSpans(table)
  yield
  const retried = retriedRows(table)
  yield
  const rows = Uint32Array.from(isIn.keys()).filter(row => (isIn[row]! & failed[row]!) === 1)
  const start = table.column('start')
  // What has no time comes last.
  const newest = rows
    .slice()
    .sort((a, b) => (start[b]! || -Infinity) - (start[a]! || -Infinity) || b - a)
    .subarray(0, mostRead)
  const dimensions = ['name', 'kind', 'model'].map(name => spanDimension(table, name))
  const ids = Array.from(newest, row => [table.layout.id[row]!])
  const causes = asked.elsewhere({ type: 'values', groups: ids, field: { id: 'error' } })
  yield
  const lengths = spanLengths(table)
  const groups = new Map<string, Group>()
  for (const [n, row] of newest.entries()) {
    const said = (causes[n] ?? []).map(String)
    const cause =
      (said.find(text => !saysNothing.test(text)) ?? said[0])?.replaceAll(/\s+/g, ' ').slice(0, longestCause) ?? null
    const codes = dimensions.map(({ codes: all }) => all[row]!)
    const id = JSON.stringify([...codes, cause])
    let group = groups.get(id)
    if (!group) {
      const key = [...dimensions.map(({ decode }, d) => decode(codes[d]!)), cause]
      groups.set(id, (group = { key, failures: 0, retries: 0, timeouts: 0, lost: Number.NaN }))
    }
    group.failures++
    group.retries += retried[row]!
    if (said.some(text => speaksOfTime.test(text))) group.timeouts++
    const length = lengths[row]!
    if (!Number.isNaN(length)) group.lost = (group.lost || 0) + length
  }
  const order = [...groups.values()].sort((a, b) => b.failures - a.failures || b.retries - a.retries)
  const shown = order.slice(0, limit)
  return {
    exact: asked.exact,
    ...searchedOf(asked),
    failed: rows.length,
    retried: rows.reduce((sum, row) => sum + retried[row]!, 0),
    read: newest.length,
    rows: order.length,
    keys: shown.map(({ key }) => [...key]),
    failures: Float64Array.from(shown, one => one.failures),
    retries: Float64Array.from(shown, one => one.retries),
    timeouts: Float64Array.from(shown, one => one.timeouts),
    lost: Float64Array.from(shown, one => one.lost),
  }
}
