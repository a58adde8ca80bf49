import type { FieldChange } from '../../shared/contract/rereading.ts'
import type { Store } from './open.ts'

interface LastRow {
  readonly id: number
  readonly state: string
  readonly started: number
  readonly looked: number
  readonly changed: number
  readonly changes: string
  readonly contents: string
}

/** Whether other rules than this build's read some of the store, and what the last reading again did. */
export function rereadingStatus(store: Store, rules: string) {
  return store.snapshot(() => {
    const { due } = store.query<[string], { due: number }>('rereading-due').get(rules)!
    const row = lastRow(store)
    if (!row) return { due }
    const state = row.state === 'running' || row.state === 'complete' ? row.state : 'partial'
    const changes = JSON.parse(row.changes) as FieldChange[]
    const { looked, changed, started } = row
    return { due, last: { looked, changed, changes, state, startedAt: started, canUndo: canUndo(store, row) } } as const
  })
}

export function lastRow(store: Store): LastRow | undefined {
  return store.query<[], LastRow>('rereading-last').get()
}

/** One that was killed left no note of what the store held: its changes can still be put back. */
export function canUndo(store: Store, last: LastRow): boolean {
  return last.changed > 0 && (last.contents === '' || last.contents === contentsOf(store))
}

export function contentsOf(store: Store): string {
  return store.query<[], { contents: string }>('store-contents').get()!.contents
}
