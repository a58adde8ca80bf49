import { spanKinds } from '../../../shared/domain/kind.ts'
import { readTraits, type Traits } from '../../../shared/domain/traits.ts'
import { traitValues, type TraitField } from '../../../shared/query/trait-values.ts'
import { isTold } from '../search/leaves.ts'
import { codesThrough, type Coded, type Value } from './coded.ts'
import type { Table } from './table.ts'

/** Traits by their ids; undefined where some span was never asked for its own. */
export function traitsOf(table: Table): readonly (Traits | undefined)[] | undefined {
  return table.derived('traits', () => {
    const { store } = table
    if (!isTold(store)) return undefined
    const found: (Traits | undefined)[] = [undefined]
    const rows = store.statement<[], [id: number, text: string]>('SELECT id, text FROM trait').raw()
    for (const [id, text] of rows.iterate()) found[id] = readTraits(text)
    return found
  })
}

/** Values by number, from 1; 0 is none. */
export class Numbered {
  readonly values: Value[] = []
  private readonly codes = new Map<Value, number>()

  of(value: Value): number {
    let code = this.codes.get(value)
    if (code === undefined) this.codes.set(value, (code = this.values.push(value)))
    return code
  }

  coded(codes: Uint32Array, more: Pick<Coded, 'rows' | 'parts' | 'repeats'> = {}): Coded {
    const { values } = this
    return { codes, size: values.length + 1, none: 0, decode: code => values[code - 1] ?? '', ...more }
  }
}

/** The values of a field that is a trait; undefined where only records know it. */
export function traitCodes(table: Table, field: TraitField): Coded | undefined {
  const traits = traitsOf(table)
  if (!traits) return undefined
  const numbered = new Numbered()
  const parts = Array.from(traits, one => (one ? traitValues(one, field).map(value => numbered.of(value)) : []))
  if (field === 'tag') return withNotes(table, parts, numbered)
  if (field === 'tool') return withNames(table, parts, numbered)
  const column = table.column('trait')
  if (parts.some(one => one.length > 1)) return numbered.coded(column, { parts })
  const single = Uint32Array.from(parts, one => one[0] ?? 0)
  return codesThrough(table, field, 'trait', single, numbered.coded(new Uint32Array(0)))
}

const toolKind = spanKinds.indexOf('tool')

/** A tool's span that names no tool is called by its own name. */
function withNames(table: Table, parts: readonly (readonly number[])[], numbered: Numbered): Coded {
  const [kind, name] = [table.column('kind'), table.column('name')]
  const byName = new Map<number, number>()
  const codes = table.column('trait').map((trait, row) => {
    const said = parts[trait]?.[0]
    if (said !== undefined || kind[row] !== toolKind || name[row] === 0) return said ?? 0
    let code = byName.get(name[row]!)
    if (code === undefined) byName.set(name[row]!, (code = numbered.of(table.names.text(name[row]!))))
    return code
  })
  return numbered.coded(codes)
}

/** Tags of the files, and those that persons put on spans or on whole traces. */
function withNotes(table: Table, parts: readonly (readonly number[])[], numbered: Numbered): Coded {
  const found: { readonly row: number; readonly code: number }[] = []
  const column = table.column('trait')
  for (let row = 0; row < column.length; row++) {
    for (const code of parts[column[row]!] ?? []) found.push({ row, code })
  }
  const notes = table.store.statement<[], [id: number, word: string]>(noted).raw()
  for (const [id, word] of notes.iterate()) {
    const row = (table.layout.rowOf[id] ?? 0) - 1
    if (row >= 0) found.push({ row, code: numbered.of(word) })
  }
  found.sort((a, b) => a.row - b.row)
  const rows = Uint32Array.from(found, one => one.row)
  return numbered.coded(
    Uint32Array.from(found, one => one.code),
    { rows, repeats: true },
  )
}

const noted = `SELECT p.id, n.word FROM note n JOIN trace t ON t.key = n.trace JOIN span_run run ON run.trace = t.id
  CROSS JOIN span p ON p.id >= run.first AND p.id < run.first + run.n AND p.trace = run.trace
  WHERE n.word <> '' AND n.span IN (0, p.tag)`

/** What persons wrote about spans, or about whole traces. */
export function remarkCodes(table: Table): Coded {
  const numbered = new Numbered()
  const found: { readonly row: number; readonly code: number }[] = []
  for (const [id, text] of table.store.statement<[], [id: number, text: string]>(remarked).raw().iterate()) {
    const row = (table.layout.rowOf[id] ?? 0) - 1
    if (row >= 0) found.push({ row, code: numbered.of(text) })
  }
  found.sort((a, b) => a.row - b.row)
  const codes = Uint32Array.from(found, one => one.code)
  return numbered.coded(codes, { rows: Uint32Array.from(found, one => one.row), repeats: true })
}

const remarked = `SELECT p.id, r.text FROM remark r JOIN trace t ON t.key = r.trace JOIN span_run run ON run.trace = t.id
  CROSS JOIN span p ON p.id >= run.first AND p.id < run.first + run.n AND p.trace = run.trace
  WHERE r.span IN (0, p.tag)`
