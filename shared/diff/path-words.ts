import { visibleLine } from '../format/visible-text.ts'
import type { Step } from './json-changes.ts'

/** Words of JSON Schema that stand between names and say nothing to a reader. */
const between = new Set(['properties', 'parameters', 'function', 'json_schema', 'schema', 'input_schema'])

/** A path as people say it: `lookup_order › city › type`, the second of a list as `2.` */
export function pathWords(path: readonly Step[]): string {
  const words = path.map((step, i) => {
    if (typeof step === 'number') return `${step + 1}.`
    if (step === 'items') return 'each'
    // At the end it is what changed; one that follows itself is a name that happens to be such a word.
    return between.has(step) && i < path.length - 1 && path[i - 1] !== 'properties'
      ? ''
      : visibleLine(step, 120) || '(no name)'
  })
  return words.filter(word => word !== '').join(' › ')
}
