import type { Input, Output } from '../../../shared/contract/index.ts'
import type { Measure } from '../../../shared/query/cost-measures.ts'
import type { ListValue } from '../../../shared/contract/lists.ts'
import type { Asked } from '../lists/asking.ts'
import { searchedOf } from '../lists/asking.ts'
import { callCosts } from '../table/call-costs.ts'
import type { Table } from '../table/table.ts'
import { countedCalls } from './calls.ts'
import { doubtsOf, untimedOf } from './doubts.ts'
import { dimensionOf, overlaps, timeDimension, type Dimension } from './dimensions.ts'
import { groupCalls, oneGroup, type Groups } from './groups.ts'
import { Measured, type Looked } from './measured.ts'
import { alikeIn, rowOrder } from './row-order.ts'

type Wanted = Pick<
  Input<'costs.table'>,
  'by' | 'per' | 'zone' | 'within' | 'measures' | 'scores' | 'sort' | 'offset' | 'limit'
>

/** What was asked before, of one table. */
export interface Questions {
  /** Spans of the query. */
  readonly asked: Asked
  /** Spans compared with. */
  readonly compared: Asked | undefined
  /** Traces that are a success. */
  readonly success: Asked | undefined
  /** Traces that could have been one; undefined: all. */
  readonly among: Asked | undefined
}

/** A table of what calls cost, in turns. */
export function* pivotOf(questions: Questions, wanted: Wanted): Generator<void, Output<'costs.table'>> {
  const { asked, compared, success, among } = questions
  const { table } = asked.subject
  const isIn = callsOf(asked)
  yield
  const dimensions: Dimension[] = []
  let isPartly = false
  for (const name of wanted.by) {
    const matching = () => placesIn(table, isIn, compared && callsOf(compared))
    const { elsewhere } = asked
    dimensions.push(table.asking(elsewhere, () => dimensionOf(table, name, elsewhere, matching)))
    isPartly ||= table.isPartly
    yield
  }
  if (wanted.per) dimensions.push(timeDimension(table, wanted.per, wanted.zone))
  yield
  const groups = yield* groupCalls(table, dimensions)
  const path = wanted.within ?? []
  const outcome = { successes: success?.shown.bytes, among: among?.shown.bytes }
  const looked: Looked = { isIn, ...outcome }
  const now = new Measured(table, groups, looked)
  yield
  const other = compared && new Measured(table, groups, { isIn: callsOf(compared), ...outcome })
  yield
  now.addUp(wanted.measures)
  other?.addUp(wanted.measures)
  yield
  for (const measure of wanted.measures) {
    now.of(measure)
    other?.of(measure)
    yield
  }
  // Days beside other days would all be new or gone: of these only the totals are compared.
  const beside = wanted.per && other && areApart(groups, now, other) ? undefined : other
  const shown = rowOrder(groups, dimensions, { now, other: beside, path, sort: wanted.sort })
  const rows = shown.subarray(wanted.offset ?? 0).subarray(0, wanted.limit)
  const alike = alikeIn(groups, dimensions, rows)
  const totalOf = (of: Looked, parts: Measured) => new Measured(table, oneGroup(table), of, parts)
  // The same however the calls are split.
  const total = success ? totalOf(looked, now) : asked.remember('pivot total', () => totalOf(looked, now))
  const before = compared && totalOf({ isIn: callsOf(compared), ...outcome }, other!)
  yield
  return {
    exact:
      !isPartly &&
      !dimensions.some(one => one.searched) &&
      [asked, compared, success, among].every(one => one?.exact ?? true),
    ...searchedOf(asked, compared, success, among, ...dimensions),
    calls: total.calls[0]!,
    filled: total.filled,
    rows: shown.length,
    keys: Array.from(rows, group => keyOf(groups, dimensions, group)),
    values: matrix(wanted.measures, now, rows),
    total: matrix(wanted.measures, total, firstOnly),
    recorded: Array.from(rows, now.recorded()),
    totalRecorded: total.recorded()(0),
    computed: Array.from(rows, now.computed()),
    totalComputed: total.computed()(0),
    ...table.asking(asked.elsewhere, () => scoresOf(wanted.scores, now, total, rows)),
    ...(beside ? { before: matrix(wanted.measures, beside, rows) } : {}),
    ...(before ? { beforeTotal: matrix(wanted.measures, before, firstOnly) } : {}),
    ...(alike.length > 0 ? { alike } : {}),
    overlaps: wanted.by.filter((_, d) => overlaps(dimensions[d]!)),
    aside: asked.remember('pivot aside', () => asideOf(asked)),
    ...asked.remember('pivot doubts', () => doubtsOf(table, isIn)),
    ...asked.remember('pivot untimed', () => untimedOf(table, isIn)),
  }
}

/** Whether none of the stretches of time that one side has calls in is one of the other's. */
function areApart({ codes }: Groups, now: Measured, other: Measured): boolean {
  const times = codes.at(-1)!
  const own = new Set(times.filter((time, group) => time > 0 && now.calls[group]! > 0))
  return own.size > 0 && !times.some((time, group) => own.has(time) && other.calls[group]! > 0)
}

const firstOnly = Uint32Array.of(0)

/** 1 for the calls of a list; undefined where that is all of them. */
export function callsOf(asked: Asked): Uint8Array | undefined {
  return asked.remember('pivot calls', () => {
    const { row, count, isEveryRow } = countedCalls(asked.subject.table)
    const { bytes } = asked.matching
    if (isEveryRow) return bytes.includes(0) ? bytes : undefined
    const found = new Uint8Array(count)
    let all = 1
    for (let i = 0; i < count; i++) all &= found[i] = bytes[row[i]!]!
    return all === 1 ? undefined : found
  })
}

/** Calls that are in one set or the other. */
export function placesIn(table: Table, first: Uint8Array | undefined, second: Uint8Array | undefined): Uint32Array {
  const all = Uint32Array.from(countedCalls(table).place.keys())
  return first ? all.filter(i => first[i] === 1 || second?.[i] === 1) : all
}

function keyOf(groups: Groups, dimensions: readonly Dimension[], group: number): (ListValue | null)[] {
  return dimensions.map((dimension, d) => dimension.decode(groups.codes[d]![group]!))
}

function matrix(measures: readonly Measure[], of: Measured, rows: Uint32Array): Float64Array<ArrayBuffer> {
  const made = new Float64Array(measures.length * rows.length)
  for (const [m, measure] of measures.entries()) {
    const column = of.of(measure)
    for (let r = 0; r < rows.length; r++) made[m * rows.length + r] = column[rows[r]!]!
  }
  return made
}

function scoresOf(names: readonly string[] | undefined, now: Measured, total: Measured, rows: Uint32Array) {
  if (!names || names.length === 0) return {}
  const of = (measured: Measured, groups: Uint32Array) => {
    const found = names.map(name => measured.score(name))
    const each = (read: (one: (typeof found)[number]) => Float64Array) =>
      Float64Array.from(found.flatMap(one => Array.from(groups, group => read(one)[group]!)))
    return { means: each(one => one.means), traces: each(one => one.traces) }
  }
  const [each, all] = [of(now, rows), of(total, firstOnly)]
  return { scores: each.means, scored: each.traces, totalScores: all.means, totalScored: all.traces }
}

/** Usage that a total may add and that is no call. */
function asideOf({ subject: { table }, matching }: Asked): Output<'costs.table'>['aside'] {
  const { calls } = table
  const rows = matching.bytes
  if (table.derived('pivot has none aside', () => !calls.counted.includes(2))) return { count: 0, input: 0, cost: 0 }
  const { cost } = callCosts(table)
  const aside = { count: 0, input: 0, cost: 0 }
  for (let k = 0; k < calls.count; k++) {
    if (calls.counted[k] !== 2 || rows[calls.row[k]!] === 0) continue
    aside.count++
    aside.input += calls.input[k]! || 0
    aside.cost += cost[k]! || 0
  }
  return aside
}
