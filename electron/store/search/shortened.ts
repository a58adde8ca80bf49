import { longestShown } from '../../../shared/query/limits.ts'
import type { Value } from '../table/coded.ts'

/** A value as a list shows it: what is left out of a long text is told by its last letter. */
export function shortened(value: Value): Value {
  if (typeof value === 'number' || value.length <= longestShown) return value
  return `${value
    .slice(0, longestShown - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`
}
