import type { Input } from '../../../shared/contract/index.ts'
import type { Random } from '../../helpers/random.ts'
import type { QueryClass } from './query-class.ts'

export const question = (query: string) => ({ query, now: 1_770_000_000_000, zone: 'UTC' })

const lists = ['traces', 'spans', 'calls', 'sessions'] as const
const columns = ['name', 'started', 'duration', 'tokens', 'cost', 'model', 'kind', 'user', 'errors']
const facets = [
  'kind',
  'model',
  'provider',
  'prompt.version',
  'status',
  'service',
  'environment',
  'tag',
  'agent',
  'tool',
]

/** A filter of one to three clauses, hardly ever the same twice. */
export function filter(random: Random): string {
  const clause = () =>
    random.pick([
      () => `duration:>${random.below(5000)}ms`,
      () => `kind:${random.pick(['generation', 'tool', 'agent', 'retrieval', 'other'])}`,
      () => `model:${random.pick(['gpt-4o*', 'claude*', 'gemini*', 'gpt-4o-mini', 'deepseek-v3'])}`,
      () => `tokens:>${random.below(40_000)}`,
      () => 'is:error',
      () => `user:user_${random.below(5000)}`,
      () => `offset:<${random.below(60_000)}ms`,
      () => `name:${random.pick(['chat*', 'execute_tool*', 'invoke_agent*', '*search*'])}`,
      () => `depth:>${random.below(8)}`,
      () => `tool:${random.pick(['search_web', 'run_sql', 'lookup_customer', 'write_file'])}`,
      () => 'agent:*-agent',
      () => `-kind:${random.pick(['tool', 'other'])}`,
    ])()
  return Array.from({ length: 1 + random.below(3) }, clause).join(random.below(4) === 0 ? ' OR ' : ' ')
}

function page(random: Random, list: (typeof lists)[number], most: number): Input<'lists.rows'> {
  return {
    list,
    columns,
    sort: {
      column: random.pick(['started', 'started', 'duration', 'cost', 'tokens', 'name']),
      descending: random.below(4) > 0,
    },
    offset: random.below(Math.max(1, most - 50)),
    limit: 50,
  }
}

export const listClasses: readonly QueryClass[] = [
  {
    name: 'list: a page, any list, order and place',
    goal: 2,
    warm: 60,
    async ask(store, random) {
      const { id } = await store.ask('lists.rows', page(random, random.pick(lists), 10_000))
      return id.length
    },
  },
  {
    name: 'list: first page of a new filter',
    goal: 100,
    async ask(store, random) {
      const list = random.pick(['traces', 'spans'] as const)
      const { total } = await store.ask('lists.rows', {
        ...page(random, list, 1),
        sort: { column: 'started', descending: true },
        where: question(filter(random)),
      })
      return total
    },
  },
  {
    name: 'list: exact count and sums of a new filter',
    goal: 100,
    async ask(store, random) {
      const { total } = await store.ask('lists.totals', { list: 'spans', where: question(filter(random)) })
      return total
    },
  },
  {
    name: 'list: histogram and all facets',
    goal: 20,
    async ask(store, random) {
      const asked = { list: random.pick(['traces', 'spans', 'calls'] as const), where: question(filter(random)) }
      const [{ buckets }] = await Promise.all([
        store.ask('lists.histogram', { ...asked, most: 80, by: 'status' }),
        store.ask('lists.facets', { ...asked, fields: facets, limit: 12 }),
      ])
      return buckets
    },
  },
  {
    name: 'costs: three keys, sums and percentiles',
    goal: 50,
    async ask(store, random) {
      const { rows } = await store.ask('costs.table', {
        by: ['model', 'prompt.version'],
        per: random.pick(['day', 'week']),
        zone: 'Europe/Berlin',
        measures: ['calls', 'input', 'output', 'cost', 'latency.p50', 'latency.p95'],
        sort: { by: 'cost', descending: true },
        limit: 1000,
      })
      return rows
    },
  },
  {
    name: 'list: groups',
    goal: 100,
    async ask(store, random) {
      const { total } = await store.ask('lists.groups', {
        list: random.pick(lists),
        where: question(filter(random)),
        by: random.pick(['model', 'kind', 'user', 'name', 'status']),
        sort: 'count',
        descending: true,
        offset: 0,
        limit: 50,
      })
      return total
    },
  },
]
