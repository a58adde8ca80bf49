import type { Scope } from '../../../shared/query/ast.ts'
import type { Rows } from './matching.ts'
import type { Table } from './table.ts'

// Structure clauses. Rows of a trace stand in reading order, so that each of these is one pass over all rows.

/** Rows in whose surroundings some row of `inner` stands. */
export function around(table: Table, scope: Exclude<Scope, 'trace'>, inner: Rows): Rows {
  return scopes[scope](table, inner)
}

const scopes: { readonly [scope in Exclude<Scope, 'trace'>]: (table: Table, inner: Rows) => Rows } = {
  /** Ranges lie inside one another or apart: it is enough how far those that began reach. */
  ancestor({ layout: { end } }, inner) {
    const found = new Uint8Array(inner.length)
    let reach = -1
    for (let row = 0; row < inner.length; row++) {
      if (row <= reach) found[row] = 1
      else if (inner[row] === 1) reach = end[row]!
    }
    return found
  },
  descendant({ layout: { end } }, inner) {
    const found = new Uint8Array(inner.length)
    let next = inner.length
    for (let row = inner.length - 1; row >= 0; row--) {
      if (next <= end[row]!) found[row] = 1
      if (inner[row] === 1) next = row
    }
    return found
  },
  parent({ parent }, inner) {
    const found = new Uint8Array(inner.length)
    for (let row = 0; row < inner.length; row++) if (parent[row]! >= 0) found[row] = inner[parent[row]!]!
    return found
  },
  child({ parent }, inner) {
    const found = new Uint8Array(inner.length)
    for (let row = 0; row < inner.length; row++) if (inner[row] === 1 && parent[row]! >= 0) found[parent[row]!] = 1
    return found
  },
  root({ layout: { end, depth } }, inner) {
    const found = new Uint8Array(inner.length)
    let [reach, holds] = [-1, 0]
    for (let row = 0; row < inner.length; row++) {
      if (depth[row] === 0) [reach, holds] = [end[row]!, inner[row]!]
      if (row <= reach) found[row] = holds
    }
    return found
  },
}
