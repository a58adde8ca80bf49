import type { FieldId } from '../../../shared/query/fields.ts'
import { byClass } from '../table/classes.ts'
import type { Coded, Through } from '../table/coded.ts'
import type { Asked } from './asking.ts'
import { pair } from './item-words.ts'

/** How many items of a list have each value among their matching spans, and how many have any. */
export interface Counted {
  readonly counts: Uint32Array
  readonly having: number
}

export function countValues(asked: Asked, id: FieldId, coded: Coded): Counted {
  const { subject } = asked
  const rows = asked.matching.bytes
  if (subject.list === 'sessions' || coded.parts || (coded.rows && coded.repeats)) return countPairs(asked, coded)
  const through = throughOf(asked, id, coded)
  if (subject.itemOf) return through ? foldPairs(asked, through, coded) : countGrouped(coded, rows, subject.itemOf)
  return through ? foldRows(asked, through, coded) : countRows(coded, rows)
}

/** The column that tells the codes of a field: counted once, it serves all fields that it tells. */
function throughOf({ subject }: Asked, id: FieldId, coded: Coded): Through | undefined {
  return byClass(subject.table, id, coded) ?? coded.through
}

/** The numbers of the rows that match: loops over them need not ask of each row. */
export function matchingRowsOf(asked: Asked): Uint32Array {
  return asked.remember('row numbers', () => asked.matching.numbers())
}

function countRows({ codes, rows, size, none }: Coded, matching: Uint8Array): Counted {
  const counts = new Uint32Array(size)
  if (rows) for (let k = 0; k < codes.length; k++) counts[codes[k]!]! += matching[rows[k]!]!
  else for (let k = 0; k < codes.length; k++) counts[codes[k]!]! += matching[k]!
  return summed(counts, none)
}

/** A thousand labels are counted, then what each of them says. */
function foldRows(asked: Asked, { base, column, of }: Through, { size, none }: Coded): Counted {
  const known = asked.remember(`rows by ${base}`, () => {
    const found = new Uint32Array(of.length)
    const those = matchingRowsOf(asked)
    for (let i = 0; i < those.length; i++) found[column[those[i]!]!]!++
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

function foldPairs(asked: Asked, through: Through, { size, none }: Coded): Counted {
  const { items, codes } = itemsBy(asked, through)
  const counts = new Uint32Array(size)
  const latest = new Int32Array(size).fill(-1)
  let [having, before] = [0, -1]
  for (let k = 0; k < codes.length; k++) {
    const code = through.of[codes[k]!]!
    if (code === none) continue
    const item = items[k]!
    if (latest[code] !== item) {
      latest[code] = item
      counts[code]!++
    }
    if (item !== before) having++
    before = item
  }
  return { counts, having }
}

/** Items whose rows stand together, and what their matching rows say by such a column, in pairs: each once, in order. */
function itemsBy(
  asked: Asked,
  { base, column, of }: Through,
): { readonly items: Int32Array; readonly codes: Uint32Array } {
  return asked.remember(`items by ${base}`, () => {
    const itemOf = asked.subject.itemOf!
    const those = matchingRowsOf(asked)
    const items = new Int32Array(those.length)
    const codes = new Uint32Array(those.length)
    const latest = new Int32Array(of.length).fill(-1)
    let n = 0
    for (let i = 0; i < those.length; i++) {
      const code = column[those[i]!]!
      const item = itemOf[those[i]!]!
      if (latest[code] === item) continue
      latest[code] = item
      items[n] = item
      codes[n++] = code
    }
    return { items: items.slice(0, n), codes: codes.slice(0, n) }
  })
}

/**
 * The code of what each item's first matching row with a value says, `size` where none does: of items whose rows stand
 * together. Undefined where no other column tells.
 */
export function firstOfItems(asked: Asked, id: FieldId, coded: Coded): Uint32Array | undefined {
  const through = coded.parts || asked.subject.list === 'sessions' ? undefined : throughOf(asked, id, coded)
  if (!through || !asked.subject.itemOf) return undefined
  const { items, codes } = itemsBy(asked, through)
  const first = new Uint32Array(asked.subject.size).fill(coded.size)
  for (let k = codes.length - 1; k >= 0; k--) {
    const code = through.of[codes[k]!]!
    if (code !== coded.none) first[items[k]!] = code
  }
  return first
}

function countPairs({ subject, matching }: Asked, coded: Coded): Counted {
  const { items, codes } = pair(subject, coded, matching.bytes)
  const counts = new Uint32Array(coded.size)
  for (const code of codes) counts[code]!++
  const had = new Uint8Array(subject.size)
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
