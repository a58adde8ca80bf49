import type { Store } from '../open.ts'

export const labelColumns = ['session', 'user', 'environment', 'release', 'application', 'feature', 'tenant'] as const
/** Ids of names by the id of a label; 0 is none. */
export type LabelNames = { readonly [name in (typeof labelColumns)[number]]: Uint32Array } & { readonly size: number }

export function readLabels(store: Store): LabelNames {
  const size = store.statement<[], { n: number }>('SELECT ifnull(max(id), 0) + 1 AS n FROM label').get()!.n
  const made = labelColumns.map(() => new Uint32Array(size))
  for (const row of store.statement<[], number[]>(`SELECT id, ${labelColumns.join()} FROM label`).raw().iterate()) {
    for (let c = 0; c < made.length; c++) made[c]![row[0]!] = row[c + 1]!
  }
  return { size, ...(Object.fromEntries(labelColumns.map((name, c) => [name, made[c]!])) as Omit<LabelNames, 'size'>) }
}
