import { InspectorError } from '../../shared/domain/errors.ts'
import { queryProblem } from '../../shared/query/errors.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import { successName, type Success } from '../../shared/query/success.ts'
import type { Store } from './open.ts'

interface Row {
  readonly id: number
  readonly feature: string
  readonly name: string
  readonly query: string
}

/** Each is a column that somebody looks at. */
const most = 100

export function listSuccesses(store: Store): { id: number; success: Success }[] {
  const rows = store.query<[], Row>('successes').all()
  return rows.map(row => ({ id: row.id, success: read(row) }))
}

/** Saves a definition in place of `was`, or of the one with its feature and name, which is handed back. */
export function saveSuccess(store: Store, success: Success, was?: number): { id: number; replaced: Success | null } {
  store.mustBeWritable()
  const { feature = '', name, query } = success
  const parsed = parseQuery(query)
  if (!parsed.ok) throw queryProblem(parsed.error)
  return store.db
    .transaction(() => {
      const same = store.query<[string, string], Row>('success-named').get(feature, name)
      const before = was === undefined ? same : store.query<[number], Row>('success-read').get(was)
      if (was !== undefined && same && same.id !== was) {
        throw new InspectorError('success/exists', `There is a definition called ${successName(success)} already.`)
      }
      if (was !== undefined) store.query<[number], unknown>('success-remove').run(was)
      if (store.query<[], { n: number }>('success-count').get()!.n >= most && !same) {
        throw new InspectorError('success/too-many', `A store holds ${most} definitions of success at most.`)
      }
      const save = store.query<[string, string, string, number], { id: number }>('success-save')
      const { id } = save.get(feature, name, query, Date.now())!
      return { id, replaced: before ? read(before) : null }
    })
    .immediate()
}

export function removeSuccess(store: Store, id: number): void {
  store.mustBeWritable()
  const { changes } = store.query<[number], unknown>('success-remove').run(id)
  if (changes === 0) throw new InspectorError('success/gone', 'There is no such definition any more.')
}

function read({ feature, name, query }: Row): Success {
  return { name, query, ...(feature === '' ? {} : { feature }) }
}
