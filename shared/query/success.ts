import type { FieldRef } from './fields.ts'
import { clauseFor } from './edit.ts'

/** What counts as a success, by a name. */
export interface Success {
  readonly name: string
  /** Of traces of this feature; absent: of all. */
  readonly feature?: string | undefined
  /** A trace is a success where some span of it matches. */
  readonly query: string
}

/** Queries about traces: which are a success, and which could have been; without `among` all could. */
export interface SuccessQueries {
  readonly query: string
  readonly among?: string
}

/**
 * What is meant by a name, by `feature/name`, or by a query where no definition is called so. Several features may have a
 * measure of one name: each trace is judged by that of its feature. Undefined for a name that nobody defined, or that was
 * removed: as a query it would be a word that no text has, and every cost one without success.
 */
export function successQueries(definitions: readonly Success[], written: string): SuccessQueries | undefined {
  const named = definitions.filter(one => [one.name, successName(one)].some(name => isSame(name, written)))
  if (named.length === 0) return /^[\p{L}\p{N}_./-]+$/u.test(written.trim()) ? undefined : { query: written }
  const among = named.map(({ feature }) => (feature === undefined ? undefined : clauseFor(featureField, feature)))
  const each = named.map(({ query }, n) => (among[n] === undefined ? `(${query})` : `(trace:(${among[n]}) (${query}))`))
  const all = among.some(one => one === undefined)
  return { query: each.join(' OR '), ...(all ? {} : { among: among.join(' OR ') }) }
}

const featureField: FieldRef = { id: 'feature' }

/** How a definition is referred to. */
export function successName({ name, feature }: Pick<Success, 'name' | 'feature'>): string {
  return feature === undefined ? name : `${feature}/${name}`
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.trim().toLowerCase()
}
