import type { Value } from '../table/coded.ts'

/** Of a text in a list. */
const longest = 300

/** A value as a list shows it: what is left out of a long text is told by its last letter. */
export function shortened(value: Value): Value {
  if (typeof value === 'number' || value.length <= longest) return value
  return `${value
    .slice(0, longest - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`
}
