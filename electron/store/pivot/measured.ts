import { measures, type Measure } from '../../../shared/query/cost-measures.ts'
import type { DecimalText } from '../../../shared/domain/units.ts'
import { filled } from '../table/arrays.ts'
import { count } from '../table/bytes.ts'
import { callCosts } from '../table/call-costs.ts'
import { keptFacts } from '../table/kept-columns.ts'
import type { Table } from '../table/table.ts'
import {
  callLengths,
  callNumbers,
  failedCalls,
  flagged,
  ofCounted,
  ranked,
  rankedLengths,
  retriedCalls,
  sessionsOfCalls,
  tracesOfCalls,
  type Wholes,
} from './calls.ts'
import type { Groups } from './groups.ts'
import { factsOf } from '../table/column-facts.ts'
import { exactDollars } from './exact-dollars.ts'
import { packedSums } from './packed-sums.ts'
import { percentilesOf } from './percentiles.ts'
import { scoresOfTraces } from './trace-scores.ts'
import {
  countsOf,
  distinctOf,
  entriesOf,
  exactSumsOf,
  flagsOf,
  isExact,
  sumsOf,
  sumsOfSeveral,
  together,
  without,
  type Entries,
  type Sums,
} from './sums.ts'

export interface Looked {
  /** 1 for calls that are looked at; undefined: all. */
  readonly isIn: Uint8Array | undefined
  /** 1 for traces that are a success, by place; undefined where nobody said what success is. */
  readonly successes: Uint8Array | undefined
  /** 1 for traces that could have been one; undefined: all. */
  readonly among?: Uint8Array | undefined
}

/** Measures of groups of calls, each worked out once. A number a group; NaN is unknown. */
export class Measured {
  private readonly table: Table
  private readonly groups: Groups
  private readonly looked: Looked
  private readonly parts: Measured | undefined
  private readonly made = new Map<string, unknown>()

  /** `parts`: the same calls, each once, in more groups: what adds up is added up from these. */
  constructor(table: Table, groups: Groups, looked: Looked, parts?: Measured) {
    this.table = table
    this.groups = groups
    this.looked = looked
    this.parts = groups.size === 1 && parts?.groups.calls === undefined ? parts : undefined
  }

  private get entries(): Entries {
    return this.once('entries', () => entriesOf(this.groups, this.looked.isIn))
  }

  /** All calls in these groups; undefined where they are looked at themselves, or what they come to is not kept. */
  private get whole(): Measured | undefined {
    const { isIn } = this.looked
    const isKept = isIn && this.groups.key !== undefined
    return this.once('whole', () =>
      isKept ? new Measured(this.table, this.groups, { isIn: undefined, successes: undefined }) : undefined,
    )
  }

  /** Entries of the calls that are not looked at, where these are fewer: what they come to is taken away from what all do. */
  private get rest(): Entries | undefined {
    const { isIn } = this.looked
    return this.once('rest', () =>
      isIn && this.whole && count(isIn) * 2 > isIn.length ? entriesOf(this.groups, isIn, 0) : undefined,
    )
  }

  of(measure: Measure): Float64Array {
    return this.once(measure, () => makers[measure](this))
  }

  get calls(): Float64Array {
    const { parts } = this
    return this.once('calls', () =>
      parts
        ? Float64Array.of(parts.calls.reduce((sum, calls) => sum + calls, 0))
        : this.lessRest(all => all.calls, countsOf),
    )
  }

  /** Counts of the calls that are looked at. */
  private lessRest(ofAll: (all: Measured) => Float64Array, make: (entries: Entries) => Float64Array): Float64Array {
    const { rest, whole } = this
    if (!rest || !whole) return make(this.entries)
    const less = make(rest)
    return ofAll(whole).map((calls, g) => calls - less[g]!)
  }

  /** What the file said a group cost, to the digit; null where it said nothing. */
  recorded(): (group: number) => DecimalText | null {
    const { table } = this
    const { largest } = keptFacts(table, 'call cost_rest', () => table.calls.cost_rest)
    return this.exact(summedRecorded, 'call cost', largest > 0 ? callNumbers(table, 'cost_rest') : undefined)
  }

  /** Of one group: calls whose cost is computed, because their file says none. */
  get filled(): number {
    return cost(this).known[0]! - recorded(this).known[0]!
  }

  /** The same of what is computed. */
  computed(): (group: number) => DecimalText | null {
    return this.exact(summedComputed, 'cost computed')
  }

  /** `rest`: what a file has of each call beyond nano-dollars. */
  private exact({ key, numbers }: Summed, column: string, rest?: Float64Array): (group: number) => DecimalText | null {
    const { table } = this
    const { sums, known } = this.sum(key, numbers)
    const facts = keptFacts(table, column, () => numbers(table))
    const exactly = (what: string, added: Float64Array) =>
      this.once(`exact ${what} ${key}`, () => exactSumsOf(this.entries, added))
    const nanoOf = (group: number): bigint =>
      isExact(facts, known[group]!) ? BigInt(sums[group]!) : exactly('nano', numbers(table))[group]!
    const restOf = (group: number): bigint => (rest === undefined ? 0n : exactly('rest', rest)[group]!)
    return group => (known[group] === 0 ? null : exactDollars(nanoOf(group), restOf(group)))
  }

  /** Of what the calls say, with how many say it. */
  sum(key: string, numbers: (table: Table) => Float64Array): Sums {
    const { parts } = this
    return this.once(`sum ${key}`, () => {
      if (parts) return together(parts.sum(key, numbers))
      const { rest, whole } = this
      const column = numbers(this.table)
      return rest && whole && isExact(factsOf(column), column.length)
        ? without(whole.sum(key, numbers), sumsOf(rest, column))
        : sumsOf(this.entries, column)
    })
  }

  /** Adds up what these measures, and money in any table, are made of: in one pass what is not known yet. */
  addUp(wanted: readonly Measure[]): void {
    const { parts, rest, whole, table } = this
    if (parts) return
    if (rest) whole?.addUp(wanted)
    const several = [...wanted.flatMap(measure => summed[measure] ?? []), ...always].filter(
      (one, n, all) => all.indexOf(one) === n && !this.isKnown(`sum ${one.key}`),
    )
    if (several.length === 0) return
    const keys = several.map(one => one.key)
    const packed = this.looked.isIn ? undefined : packedSums(table, this.groups, keys)
    if (packed) return several.forEach(({ key }, n) => void this.once(`sum ${key}`, () => packed[n]!))
    const columns = several.map(({ key, numbers }) => ({ key, numbers, column: numbers(table) }))
    const added = columns.filter(({ column }) => !rest || isExact(factsOf(column), column.length))
    if (added.length === 0) return
    const sums = sumsOfSeveral(
      rest ?? this.entries,
      added.map(({ column }) => column),
    )
    for (const [n, { key, numbers }] of added.entries()) {
      const all = rest && whole?.sum(key, numbers)
      this.once(`sum ${key}`, () => (all ? without(all, sums[n]!) : sums[n]!))
    }
  }

  count(key: string, flags: (table: Table) => Uint8Array): Float64Array {
    return this.once(`count ${key}`, () =>
      this.lessRest(
        all => all.count(key, flags),
        entries => flagsOf(entries, flags(this.table)),
      ),
    )
  }

  distinct(wholes: (table: Table) => Wholes, holds: (call: number) => boolean = () => true): Float64Array {
    return distinctOf(this.entries, wholes(this.table), holds)
  }

  /** Different wholes among the calls whose cost is known. */
  costed(wholes: (table: Table) => Wholes): Float64Array {
    const cost = costsOf(this.table)
    return this.distinct(wholes, call => !Number.isNaN(cost[call]!))
  }

  /** The mean of a score over the traces of each group that have it, and how many these are. */
  score(name: string): { readonly means: Float64Array; readonly traces: Float64Array } {
    const { of } = tracesOfCalls(this.table)
    const { mean } = scoresOfTraces(this.table, name)
    const isScored = (call: number) => !Number.isNaN(mean[of[call]!]!)
    const traces = this.distinct(tracesOfCalls, isScored)
    const sums = distinctOf(this.entries, tracesOfCalls(this.table), isScored, mean)
    return { means: quotient(sums, traces), traces }
  }

  get outcomes(): Float64Array {
    const { successes } = this.looked
    if (!successes) return this.unknown()
    const { of } = tracesOfCalls(this.table)
    return this.once('outcomes', () => this.distinct(tracesOfCalls, call => successes[of[call]!] === 1))
  }

  /** What calls of the traces cost that could have been a success. */
  get outcomeCost(): Float64Array {
    const { isIn, among } = this.looked
    if (!among) return cost(this).sums
    const { of } = tracesOfCalls(this.table)
    const counts = filled(new Uint8Array(of.length), of, (trace, i) => (isIn ? isIn[i]! : 1) & among[trace]!)
    return sumsOf(entriesOf(this.groups, counts), costsOf(this.table)).sums
  }

  lengths(): Float64Array[] {
    const column = rankedLengths(this.table)
    return this.once('lengths', () => percentilesOf(this.table, this.groups, column, this.looked.isIn, [50, 95, 99]))
  }

  firstTokens(): Float64Array[] {
    const column = ranked('first tokens', callNumbers(this.table, 'first_token'))
    return this.once('first tokens', () => percentilesOf(this.table, this.groups, column, this.looked.isIn, [50, 95]))
  }

  unknown(): Float64Array {
    return new Float64Array(this.groups.size).fill(Number.NaN)
  }

  private once<T>(key: string, make: () => T): T {
    if (!this.made.has(key)) this.made.set(key, this.kept(key, make))
    return this.made.get(key) as T
  }

  private isKnown(key: string): boolean {
    const kept = this.keptUnder(key)
    return this.made.has(key) || (kept !== undefined && this.table.known(kept))
  }

  private kept<T>(key: string, make: () => T): T {
    const kept = this.keptUnder(key)
    return kept === undefined ? make() : this.table.derived(kept, make)
  }

  /** Of all calls in groups that are kept, what they come to is kept with these. */
  private keptUnder(key: string): string | undefined {
    const { isIn, successes, among } = this.looked
    if (isIn || successes || among || this.groups.key === undefined) return undefined
    return `${this.groups.key} measured ${key}`
  }
}

/** What counts as the cost of each call. */
export function costsOf(table: Table): Float64Array {
  return table.derived('pivot costs', () => ofCounted(table, callCosts(table).cost))
}

function computedOf(table: Table): Float64Array {
  return table.derived('pivot computed', () => ofCounted(table, callCosts(table).computed))
}

/** Numbers of calls that are added up. */
interface Summed {
  readonly key: string
  readonly numbers: (table: Table) => Float64Array
}

const summedCost: Summed = { key: 'cost', numbers: costsOf }
const summedComputed: Summed = { key: 'computed', numbers: computedOf }
const summedRecorded: Summed = { key: 'recorded', numbers: table => callNumbers(table, 'cost') }
const always = [summedCost, summedRecorded, summedComputed]

/** Measures that are nothing but a sum. */
const summed: { readonly [measure in Measure]?: Summed } = {
  input: { key: 'input', numbers: table => callNumbers(table, 'input') },
  output: { key: 'output', numbers: table => callNumbers(table, 'output') },
  cacheRead: { key: 'cache read', numbers: table => callNumbers(table, 'cache_read') },
  cacheWrite: { key: 'cache write', numbers: table => callNumbers(table, 'cache_write') },
  reasoning: { key: 'reasoning', numbers: table => callNumbers(table, 'reasoning') },
  cost: summedCost,
  recorded: summedRecorded,
  computed: summedComputed,
}

const sumOf = (of: Measured, { key, numbers }: Summed) => of.sum(key, numbers)
const cost = (of: Measured) => sumOf(of, summedCost)
const computed = (of: Measured) => sumOf(of, summedComputed)
const recorded = (of: Measured) => sumOf(of, summedRecorded)

/** The number of each call that a measure is made of; undefined where it counts calls. */
export function numbersBehind(table: Table, measure: Measure): Float64Array | undefined {
  if (measure.startsWith('latency.')) return callLengths(table)
  if (measure.startsWith('ttft.')) return callNumbers(table, 'first_token')
  if (measure === 'recorded') return callNumbers(table, 'cost')
  if (measure === 'computed') return computedOf(table)
  if (measure === 'speed') return timed(table)
  if (measure === 'cacheRead') return callNumbers(table, 'cache_read')
  if (measure === 'cacheWrite') return callNumbers(table, 'cache_write')
  if (measure === 'input' || measure === 'output' || measure === 'reasoning') return callNumbers(table, measure)
  return measures[measure].type === 'money' ? costsOf(table) : undefined
}

const makers: { readonly [measure in Measure]: (of: Measured) => Float64Array } = {
  calls: of => of.calls,
  traces: of => of.distinct(tracesOfCalls),
  sessions: of => of.distinct(sessionsOfCalls),
  errors: of => of.count('errors', failedCalls),
  retries: of => of.count('retries', retriedCalls),
  input: of => sumOf(of, summed.input!).sums,
  output: of => sumOf(of, summed.output!).sums,
  cacheRead: of => sumOf(of, summed.cacheRead!).sums,
  cacheWrite: of => sumOf(of, summed.cacheWrite!).sums,
  reasoning: of => sumOf(of, summed.reasoning!).sums,
  cost: of => cost(of).sums,
  recorded: of => recorded(of).sums,
  computed: of => computed(of).sums,
  unpriced: of => of.calls.map((calls, g) => calls - cost(of).known[g]!),
  costPerCall: of => quotient(cost(of).sums, cost(of).known),
  costPerTrace: of => quotient(cost(of).sums, of.costed(tracesOfCalls)),
  costPerSession: of => quotient(ofSessions(of), of.costed(sessionsOfCalls)),
  errorCost: of => of.sum('errors', table => flagged(table, 'failed cost', costsOf(table), failedCalls(table))).sums,
  retryCost: of => of.sum('retries', table => flagged(table, 'retry cost', costsOf(table), retriedCalls(table))).sums,
  'latency.p50': of => of.lengths()[0]!,
  'latency.p95': of => of.lengths()[1]!,
  'latency.p99': of => of.lengths()[2]!,
  'ttft.p50': of => of.firstTokens()[0]!,
  'ttft.p95': of => of.firstTokens()[1]!,
  speed: of => quotient(of.sum('timed output', timedOutput).sums, of.sum('timed', timed).sums, 1e6),
  outcomes: of => of.outcomes,
  costPerOutcome: of => quotient(of.outcomeCost, of.outcomes),
}

/** What calls in sessions cost: those in none are no session's. */
function ofSessions(of: Measured): Float64Array {
  const inSession = (table: Table) => {
    const { of: session } = sessionsOfCalls(table)
    const flags = table.derived('pivot in session', () =>
      filled(new Uint8Array(session.length), session, one => (one < 0 ? 0 : 1)),
    )
    return flagged(table, 'session cost', costsOf(table), flags)
  }
  return of.sum('sessions', inSession).sums
}

function timedOutput(table: Table): Float64Array {
  const lengths = callLengths(table)
  const output = callNumbers(table, 'output')
  return table.derived('pivot timed output', () => output.map((tokens, i) => (lengths[i]! > 0 ? tokens : Number.NaN)))
}

/** Microseconds of the calls whose output is known. */
function timed(table: Table): Float64Array {
  const output = callNumbers(table, 'output')
  const lengths = callLengths(table)
  const holds = (i: number) => lengths[i]! > 0 && !Number.isNaN(output[i]!)
  return table.derived('pivot timed', () => lengths.map((length, i) => (holds(i) ? length : Number.NaN)))
}

/** Nothing by nothing is unknown. */
function quotient(above: Float64Array, below: Float64Array, scale = 1): Float64Array {
  return above.map((number, g) => (below[g]! > 0 ? (number / below[g]!) * scale : Number.NaN))
}
