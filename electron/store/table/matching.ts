import type { Searched } from '../../../shared/contract/search.ts'
import type { Condition, Leaf } from '../../../shared/query/plan.ts'
import { and, not, or } from './bytes.ts'
import { plus } from './arrays.ts'
import { unpackBits } from '../text-index/sent-bits.ts'
import type { Elsewhere } from './elsewhere.ts'
import { leafRows } from './leaf-rows.ts'
import { numberRows } from './number-rows.ts'
import { ByteSet, SpanRows, type ItemSet } from './row-set.ts'
import { around } from './structure.ts'
import { traceCosts } from './trace-costs.ts'
import type { Table } from './table.ts'

/** 1 for each row that matches. */
export type Rows = Uint8Array

/**
 * The rows that a condition is true of; undefined is every row. What the columns do not answer is asked elsewhere. `inPart`
 * is called where a text waits for the index, or something for being read (`searched`): then all rows that are given match,
 * and others may.
 */
export function matchingRows(
  table: Table,
  condition: Condition | undefined,
  elsewhere: Elsewhere,
  inPart: (searched: Searched | undefined) => void = () => {},
): Rows {
  return matchingSet(table, condition, elsewhere, inPart).bytes
}

/** The same as a set: where texts alone are asked for, nothing is made yet for rows that do not match. */
export function matchingSet(
  table: Table,
  condition: Condition | undefined,
  elsewhere: Elsewhere,
  inPart: (searched: Searched | undefined) => void,
): ItemSet {
  if (!condition) return new ByteSet(table.layout.alive.slice())
  const matching = new Matching(table, condition, elsewhere, inPart)
  const texts = textsSideBySide(condition)
  return texts ? matching.asked(texts, false) : new ByteSet(matching.rows(condition))
}

/** Texts that one span must hold all of; undefined where anything else is asked. */
export function textsSideBySide(condition: Condition): readonly Leaf[] | undefined {
  if (condition.type === 'leaf') return condition.leaf.type === 'text' ? [condition.leaf] : undefined
  if (condition.type !== 'all') return undefined
  const leaves = condition.of.flatMap(part => (part.type === 'leaf' && part.leaf.type === 'text' ? [part.leaf] : []))
  return leaves.length === condition.of.length ? leaves : undefined
}

class Matching {
  private readonly table: Table
  private readonly whole: Condition
  private readonly elsewhere: Elsewhere

  private readonly inPart: (searched: Searched | undefined) => void

  constructor(table: Table, whole: Condition, elsewhere: Elsewhere, inPart: (searched: Searched | undefined) => void) {
    this.inPart = inPart
    this.table = table
    this.whole = whole
    this.elsewhere = elsewhere
  }

  /** `isTurned`: what is asked for here is left out in the end, so that rows of whom it is not settled count as found. */
  rows(one: Condition, isTurned = false): Rows {
    if (one.type === 'leaf')
      return this.living(leafRows(this.table, one.leaf) ?? this.asked([one.leaf], isTurned).bytes)
    if (one.type === 'not') return this.living(not(this.rows(one.of, !isTurned)))
    if (one.type === 'all') return this.all(one.of, isTurned)
    if (one.type === 'some')
      return one.of.length === 0 ? this.none() : one.of.map(part => this.rows(part, isTurned)).reduce(or)
    if (one.scope !== 'trace') return around(this.table, one.scope, this.rows(one.of, isTurned))
    const traces = this.traces(one.of, isTurned)
    const found = this.none()
    const { trace } = this.table.layout
    for (let row = 0; row < found.length; row++) found[row] = traces[trace[row]!]!
    return this.living(found)
  }

  /** About whole traces: their totals, and for anything else whether some span satisfies the clause. */
  private traces(one: Condition, isTurned: boolean): Uint8Array {
    if (one.type === 'not') return not(this.traces(one.of, !isTurned))
    if (one.type === 'all') return one.of.map(part => this.traces(part, isTurned)).reduce(and)
    const { traces, layout } = this.table
    if (one.type === 'some') {
      return one.of.length === 0
        ? new Uint8Array(traces.count)
        : one.of.map(part => this.traces(part, isTurned)).reduce(or)
    }
    if (one.type === 'scope' && one.scope === 'trace') return this.traces(one.of, isTurned)
    if (one.type === 'leaf' && one.leaf.type === 'interval') {
      const totals = totalsOf(this.table, one.leaf.field.id)
      if (totals) return numberRows(totals, one.leaf.within)
    }
    const found = new Uint8Array(traces.count)
    const rows = this.rows(one, isTurned)
    for (let row = 0; row < rows.length; row++) if (rows[row] === 1) found[layout.trace[row]!] = 1
    return found
  }

  /** Texts that are asked for side by side are one question. */
  private all(of: readonly Condition[], isTurned: boolean): Rows {
    const texts = of.flatMap(part => (part.type === 'leaf' && part.leaf.type === 'text' ? [part.leaf] : []))
    if (isTurned || texts.length < 2) return of.map(part => this.rows(part, isTurned)).reduce(and)
    const rest = of.filter(part => part.type !== 'leaf' || part.leaf.type !== 'text')
    return [this.asked(texts, isTurned).bytes, ...rest.map(part => this.rows(part, isTurned))].reduce(and)
  }

  /** The rows that all of these clauses are true of. */
  asked(leaves: readonly Leaf[], isTurned: boolean): ItemSet {
    const { spans, unsettled, isWhole, searched } = this.elsewhere({ type: 'spans', condition: this.whole, leaves })
    if (!isWhole) this.inPart(searched)
    const found = new SpanRows(this.table, unpackBits(spans))
    if (!unsettled || !isTurned) return found
    return new ByteSet(or(found.bytes, new SpanRows(this.table, unpackBits(unsettled)).bytes))
  }

  private living(rows: Rows): Rows {
    const { alive, dead } = this.table.layout
    return dead === 0 ? rows : and(rows, alive)
  }

  private none(): Rows {
    return new Uint8Array(this.table.rows)
  }
}

/** The trace's totals, lengths in nanoseconds. */
function totalsOf(table: Table, id: string): Float64Array | undefined {
  const { traces } = table
  if (id === 'tokens') return traces.input.map((input, t) => plus(input, traces.output[t]!))
  if (id === 'cost') return traceCosts(table).cost
  if (id === 'cost.recorded') return traceCosts(table).recorded
  if (id === 'cost.computed') return traceCosts(table).computed
  if (id === 'duration') return traces.dur.map((us, t) => Math.max(us * 1000 + traces.dur_ns[t]!, 0))
  return id === 'spans' ? Float64Array.from(traces.spans) : undefined
}
