import type { Coded } from '../table/coded.ts'
import type { Asked } from './asking.ts'
import { pair } from './item-words.ts'

/** How many items of a list have each value among their matching spans, and how many have any. */
export interface Counted {
  readonly counts: Uint32Array
  readonly having: number
}

export function countValues(asked: Asked, coded: Coded): Counted {
  const { subject, rows } = asked
  if (subject.list === 'sessions' || coded.parts || (coded.rows && coded.repeats)) return countPairs(asked, coded)
  if (subject.itemOf) return coded.through ? foldPairs(asked, coded) : countGrouped(coded, rows, subject.itemOf)
  return coded.through ? foldRows(asked, coded) : countRows(coded, rows)
}

function countRows({ codes, rows, size, none }: Coded, matching: Uint8Array): Counted {
  const counts = new Uint32Array(size)
  if (rows) for (let k = 0; k < codes.length; k++) counts[codes[k]!]! += matching[rows[k]!]!
  else for (let k = 0; k < codes.length; k++) counts[codes[k]!]! += matching[k]!
  return summed(counts, none)
}

/** A thousand labels are counted, then what each of them says. */
function foldRows(asked: Asked, { through, size, none }: Coded): Counted {
  const { base, column, of } = through!
  const known = asked.remember(`rows by ${base}`, () => {
    const found = new Uint32Array(of.length)
    for (let row = 0; row < column.length; row++) found[column[row]!]! += asked.rows[row]!
    return found
  })
  const counts = new Uint32Array(size)
  for (let id = 0; id < known.length; id++) counts[of[id]!]! += known[id]!
  return summed(counts, none)
}

function summed(counts: Uint32Array, none: number): Counted {
  if (none >= 0) counts[none] = 0
  let having = 0
  for (let code = 0; code < counts.length; code++) having += counts[code]!
  return { counts, having }
}

/** Rows of an item stand together: a value counts when the item is another than the last that had it. */
function countGrouped({ codes, rows, size, none }: Coded, matching: Uint8Array, itemOf: Int32Array): Counted {
  const counts = new Uint32Array(size)
  const latest = new Int32Array(size).fill(-1)
  let [having, before] = [0, -1]
  for (let k = 0; k < codes.length; k++) {
    const row = rows ? rows[k]! : k
    const code = codes[k]!
    if (matching[row] === 0 || code === none) continue
    const item = itemOf[row]!
    if (latest[code] !== item) {
      latest[code] = item
      counts[code]!++
    }
    if (item !== before) having++
    before = item
  }
  return { counts, having }
}

function foldPairs(asked: Asked, { through, size, none }: Coded): Counted {
  const { base, column, of } = through!
  const { items, codes } = asked.remember(`items by ${base}`, () =>
    pair(asked.subject, { codes: column, size: of.length, none: -1, decode: String }, asked.rows),
  )
  return countGrouped(
    { codes: codes.map(id => of[id]!), size, none, decode: String },
    new Uint8Array(codes.length).fill(1),
    new Int32Array(items.buffer, items.byteOffset, items.length),
  )
}

function countPairs({ subject, rows, items: shown }: Asked, coded: Coded): Counted {
  const { items, codes } = pair(subject, coded, rows)
  const counts = new Uint32Array(coded.size)
  for (const code of codes) counts[code]!++
  const had = new Uint8Array(shown.length)
  let having = 0
  for (const item of items) {
    having += 1 - had[item]!
    had[item] = 1
  }
  return { counts, having }
}

/** The codes that come most often, and how many come at all. */
export function topOf(counts: Uint32Array, most: number): { readonly codes: number[]; readonly used: number } {
  const codes: number[] = []
  let used = 0
  for (let code = 0; code < counts.length; code++) {
    const count = counts[code]!
    if (count === 0) continue
    used++
    if (codes.length === most && counts[codes[most - 1]!]! >= count) continue
    let place = codes.length
    while (place > 0 && counts[codes[place - 1]!]! < count) place--
    codes.splice(place, 0, code)
    if (codes.length > most) codes.pop()
  }
  return { codes, used }
}
