import { numberIn, type ListRow } from './page.ts'

/** The largest cost and duration of these, which the bars are shares of. */
export function mostOf(rows: readonly ListRow[]): { readonly cost: number; readonly duration: number } {
  let cost = 1
  let duration = 1
  for (const row of rows) {
    cost = Math.max(cost, numberIn(row, 'cost') ?? 0)
    duration = Math.max(duration, numberIn(row, 'duration') ?? 0)
  }
  return { cost, duration }
}
