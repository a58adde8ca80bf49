import type { Random } from '../../helpers/random.ts'
import { filter, question } from './list-classes.ts'
import type { QueryClass } from './query-class.ts'

const scopes = ['ancestor', 'descendant', 'parent', 'child', 'root', 'trace'] as const

function structure(random: Random): string {
  const clauses = Array.from({ length: 1 + random.below(2) }, () => `${random.pick(scopes)}:(${filter(random)})`)
  return [...clauses, ...(random.below(2) === 0 ? [filter(random)] : [])].map(clause => `(${clause})`).join(' ')
}

export const structureClasses: readonly QueryClass[] = [
  {
    name: 'structure: count',
    goal: 200,
    async ask(store, random) {
      const { total } = await store.ask('lists.totals', { list: 'spans', where: question(structure(random)) })
      return total
    },
  },
  {
    name: 'structure: first page of traces',
    goal: 200,
    async ask(store, random) {
      const { total } = await store.ask('lists.rows', {
        list: 'traces',
        columns: ['name', 'started', 'tokens'],
        sort: { column: 'started', descending: true },
        offset: 0,
        limit: 50,
        where: question(structure(random)),
      })
      return total
    },
  },
]
