import { expect, test } from 'vitest'
import { listKinds, type ListKind, type ListValue } from '../../shared/contract/lists.ts'
import { askList, type Asked } from '../../electron/store/lists/asking.ts'
import { facetsOf } from '../../electron/store/lists/facets.ts'
import { groupsOf } from '../../electron/store/lists/groups.ts'
import { histogramOf } from '../../electron/store/lists/histogram.ts'
import { sortedBy, turned } from '../../electron/store/lists/order.ts'
import { readRows } from '../../electron/store/lists/rows.ts'
import type { Store } from '../../electron/store/open.ts'
import { readQuestion } from '../../electron/store/search/question.ts'
import { readElsewhere } from '../../electron/store/table/elsewhere.ts'
import { seededRandom } from '../helpers/random.ts'
import type { Said } from './batches.ts'
import { importFile, memoryStore } from './stores.ts'

// Lists against plain loops over the records themselves.

const random = seededRandom(23)
const maybe = <T>(value: T): T | undefined => (random.below(3) === 0 ? undefined : value)

const records: Said[] = Array.from({ length: 400 }, (_, i) => {
  const trace = random.below(40)
  const agent = maybe(`agent ${random.below(3)}`)
  const tags = maybe(Array.from({ length: random.below(3) }, () => `tag ${random.below(4)}`))
  const user = maybe(`user ${random.below(5)}`)
  const start = maybe(BigInt(random.below(3_000_000)) * 1_000_000n)
  const isCall = random.below(3) === 0
  return {
    trace: `trace ${trace}`,
    id: `span ${i}`,
    name: `name ${random.below(6)}`,
    status: random.pick(['ok', 'error', 'unset'] as const),
    ...(start === undefined ? {} : { start }),
    duration: BigInt(random.below(4000)) * 1000n,
    session: `session ${trace % 7}`,
    ...(user === undefined ? {} : { user }),
    traits: { ...(agent === undefined ? {} : { agent }), ...(tags === undefined ? {} : { tags: [...new Set(tags)] }) },
    kind: isCall ? 'generation' : random.pick(['tool', 'agent', 'chain'] as const),
    ...(isCall ? { call: { model: `model ${random.below(3)}`, input: random.below(50) } } : {}),
  }
})

const fields: Readonly<Record<string, (said: Said) => readonly ListValue[]>> = {
  kind: said => [said.kind!],
  status: said => [said.status!],
  name: said => [said.name!],
  user: said => (said.user ? [said.user] : []),
  agent: said => (said.traits?.agent ? [said.traits.agent] : []),
  tag: said => said.traits?.tags ?? [],
  model: said => (said.call?.model ? [said.call.model] : []),
  tool: said => (said.kind === 'tool' ? [said.name!] : []),
}

const queries: readonly [query: string, test: (said: Said) => boolean][] = [
  ['', () => true],
  ['is:error', said => said.status === 'error'],
  ['-kind:tool', said => said.kind !== 'tool'],
  [
    'agent:"agent 1" OR tag:"tag 2"',
    said => said.traits?.agent === 'agent 1' || said.traits?.tags?.includes('tag 2') === true,
  ],
  ['user:user* duration:>2ms', said => said.user !== undefined && said.duration! > 2_000_000n],
]

const itemOf: Readonly<Record<ListKind, (said: Said) => string | undefined>> = {
  spans: said => said.id,
  calls: said => (said.call ? said.id : undefined),
  traces: said => said.trace,
  sessions: said => `session ${Number(said.trace.split(' ')[1]) % 7}`,
}

function filled(): Store & Disposable {
  const store = memoryStore()
  importFile(store, records)
  return store
}

function ask<T>(store: Store, list: ListKind, query: string, answer: (asked: Asked) => T): T {
  const condition = readQuestion({ query, now: 0, zone: 'UTC' })
  return askList({ store, elsewhere: readElsewhere(store, () => undefined) }, list, condition, answer)
}

/** Items by the value of a field among their matching spans; those without under null. */
function grouped(list: ListKind, matches: (said: Said) => boolean, values: (said: Said) => readonly ListValue[]) {
  const items = new Map<string, Set<ListValue>>()
  for (const said of records) {
    const item = itemOf[list](said)
    if (item === undefined || !matches(said)) continue
    const set = items.get(item) ?? new Set()
    items.set(item, set)
    for (const value of values(said)) set.add(value)
  }
  const groups = new Map<ListValue | null, number>()
  for (const set of items.values()) {
    for (const value of set.size === 0 ? [null] : set) groups.set(value, (groups.get(value) ?? 0) + 1)
  }
  return { total: items.size, groups }
}

test.each(listKinds)('%s are counted and grouped as plain loops do', list => {
  using store = filled()
  for (const [query, matches] of queries) {
    for (const [field, values] of Object.entries(fields)) {
      const expected = grouped(list, matches, values)
      const { facets, total } = ask(store, list, query, asked => facetsOf(asked, { fields: [field], limit: 100 }))
      expect([query, field, total]).toEqual([query, field, expected.total])
      const counts = new Map<ListValue | null, number>(facets[0]!.values.map(({ value, count }) => [value, count]))
      if (facets[0]!.without > 0) counts.set(null, facets[0]!.without)
      expect([query, field, counts]).toEqual([query, field, expected.groups])
      const groups = ask(store, list, query, asked =>
        groupsOf(asked, { by: field, sort: 'count', descending: true, offset: 0, limit: 1000 }),
      )
      expect(new Map(groups.values.map((value, g) => [value, groups.count[g]!]))).toEqual(expected.groups)
      const split = ask(store, list, query, asked => histogramOf(asked, { most: 50, by: field, top: 2, zone: 'UTC' }))
      const drawn = split.counts.reduce((sum, count) => sum + count, 0)
      expect(drawn + split.undated + split.outside).toBe(expected.total)
      for (const [value, count] of expected.groups) {
        const window = { columns: [], sort: { column: 'name', descending: false }, offset: 0, limit: 1 }
        const rows = ask(store, list, query, asked => readRows(asked, { ...window, group: { by: field, value } }))
        expect([query, field, value, rows.total]).toEqual([query, field, value, count])
      }
    }
  }
})

test.each([false, true])('many keys are sorted as few are (descending: %s)', descending => {
  const keys = Float64Array.from({ length: 20_000 }, () =>
    random.pick([Number.NaN, 0, -0, -1.5, 1e300, -1e-300, random.unit(), -random.below(1000), random.bits()]),
  )
  const naive = Array.from(keys.keys()).sort((a, b) => {
    const [x, y] = [keys[a]!, keys[b]!]
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b
    return (descending ? y - x : x - y) || a - b
  })
  expect(Array.from(sortedBy(keys, descending))).toEqual(naive)
  const ascending = sortedBy(keys, false)
  expect(Array.from(descending ? turned(ascending, keys) : ascending)).toEqual(naive)
})
