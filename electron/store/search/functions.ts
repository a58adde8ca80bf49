import { nameMatcher, type NameMatch } from '../../../shared/query/name-match.ts'
import { readTraits } from '../../../shared/domain/traits.ts'
import { traitValues, type TraitField } from '../../../shared/query/trait-values.ts'
import type { Store } from '../open.ts'
import { decodeClaims } from '../claims.ts'
import { providePrices } from './price-function.ts'
import type { SpanBits } from '../text-index/span-bits.ts'
import type { Bound } from './statement.ts'

const provided = new WeakSet<object>()
const mostTests = 1000

/** What SQLite has no function for: names compared as the language does, and traits. */
export function provideFunctions(store: Store): void {
  providePrices(store)
  const { db } = store
  if (provided.has(db)) return
  provided.add(db)
  const tests = new Map<string, (name: string) => boolean>()
  const testOf = (json: string): ((name: string) => boolean) => {
    let test = tests.get(json)
    if (!test) {
      if (tests.size >= mostTests) tests.clear()
      tests.set(json, (test = nameMatcher(JSON.parse(json) as NameMatch)))
    }
    return test
  }
  db.function('matches', { deterministic: true }, (json: unknown, name: unknown) =>
    typeof json === 'string' && typeof name === 'string' && testOf(json)(name) ? 1 : 0,
  )
  db.function('says', { deterministic: true }, (field: unknown, json: unknown, text: unknown) => {
    const said = traitValues(readTraits(String(text)), field as TraitField)
    if (typeof json !== 'string') return said.length > 0 ? 1 : 0
    return said.some(value => testOf(json)(String(value))) ? 1 : 0
  })
  db.table('claimed', {
    columns: ['record'],
    parameters: ['claims'],
    *rows(claims: unknown) {
      if (claims instanceof Uint8Array) for (const { record } of decodeClaims(claims)) yield [record]
    },
  })
  db.function('last_part', { deterministic: true }, (path: unknown) =>
    typeof path === 'string' ? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) : '',
  )
}

const scoresOf = new WeakMap<Store, Float32Array>()

/** Makes `relevance(id)` known to statements, until another is. */
export function provideScores(store: Store, scores: Float32Array): void {
  if (!scoresOf.has(store)) store.db.function('relevance', (id: unknown) => scoresOf.get(store)?.[Number(id)] ?? 0)
  scoresOf.set(store, scores)
}

/** Sets of more spans are asked of each span, smaller ones are looked up. */
const mostListed = 20_000
const setsOf = new WeakMap<Store, Map<string, SpanBits>>()

/** Makes sets of spans known to statements, until others are: what is bound, and the test of `s` for each. */
export function provideSets(
  store: Store,
  sets: ReadonlyMap<string, SpanBits>,
): { readonly values: Bound; readonly test: (name: string) => string } {
  let known = setsOf.get(store)
  if (!known) {
    const made = new Map<string, SpanBits>()
    setsOf.set(store, (known = made))
    store.db.function('in_set', (name: unknown, id: unknown) => (made.get(String(name))?.has(Number(id)) ? 1 : 0))
  }
  const values: Bound = {}
  for (const [name, bits] of sets) {
    if (bits.size > mostListed) {
      known.set(name, bits)
      values[name] = name
    } else values[name] = JSON.stringify(bits.ids())
  }
  const test = (name: string) =>
    values[name] === name ? `in_set(@${name}, s.id)` : `s.id IN (SELECT value FROM json_each(@${name}))`
  return { values, test }
}
