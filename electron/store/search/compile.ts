import type { Condition, Leaf } from '../../../shared/query/plan.ts'
import { traceNumbers } from './columns.ts'
import { any, columnTest, isInColumns, isOpenState, within } from './leaves.ts'
import { spansNoted } from './noted.ts'
import { scopeTest } from './scopes.ts'
import { Builder } from './statement.ts'

/** A question that the columns do not answer: who does puts a test of `s` in the place of `{{name}}`. */
export interface OpenLeaf {
  readonly leaf: Leaf
  readonly name: string
}

export interface Compiled {
  readonly builder: Builder
  /** True of a span `s` that matches; NULL counts as no. */
  readonly where: string
  readonly open: readonly OpenLeaf[]
}

/** The SQL of a query; `told`: the traits of all spans are known. Values are bound; nothing that a person wrote is in the text. */
export function compile(condition: Condition, told: boolean): Compiled {
  const builder = new Builder()
  const open: OpenLeaf[] = []
  const openTest = (leaf: Leaf): string => {
    const name = builder.name()
    open.push({ leaf, name })
    return `{{${name}}}`
  }
  const leafTest = (leaf: Leaf): string => {
    if (isInColumns(leaf, told)) return columnTest(leaf, builder)
    if ((leaf.type === 'name' || leaf.type === 'has') && leaf.field.id === 'tag') {
      const noted = spansNoted(leaf.type === 'name' ? leaf.match : 'any tag', builder)
      return any([openTest(leaf), `s.id IN (${noted})`])
    }
    if (leaf.type !== 'is') return openTest(leaf)
    // It may ask for several things, of which the columns know some.
    const known = leaf.words.filter(word => !isOpenState(word, told))
    const unknown = leaf.words.filter(word => isOpenState(word, told))
    return any([
      columnTest({ type: 'is', words: known }, builder),
      ...unknown.map(word => openTest({ type: 'is', words: [word] })),
    ])
  }

  const test = (one: Condition): string => {
    if (one.type === 'leaf') return leafTest(one.leaf)
    if (one.type === 'not') return not(test(one.of))
    if (one.type === 'all') return `(${one.of.map(test).join(' AND ')})`
    if (one.type === 'some') return any(one.of.map(test))
    if (one.scope !== 'trace') return scopeTest(one.scope, test(one.of), builder)
    return `s.trace IN (SELECT t.id FROM trace t WHERE ${traceTest(one.of)})`
  }

  /** About the whole trace `t`: its totals, and for anything else whether some span of it satisfies the clause. */
  const traceTest = (one: Condition): string => {
    if (one.type === 'not') return not(traceTest(one.of))
    if (one.type === 'all') return `(${one.of.map(traceTest).join(' AND ')})`
    if (one.type === 'some') return any(one.of.map(traceTest))
    if (one.type === 'scope' && one.scope === 'trace') return traceTest(one.of)
    if (one.type === 'leaf' && one.leaf.type === 'interval') {
      const total = traceNumbers[one.leaf.field.id]
      if (total) return within(`(${total})`, one.leaf.within, builder)
    }
    return `t.id IN (SELECT s.trace FROM span s WHERE ${test(one)})`
  }

  return { builder, where: test(condition), open }
}

function not(test: string): string {
  return `NOT ifnull(${test}, 0)`
}
