import type { Coded, Value } from './coded.ts'
import type { Table } from './table.ts'

type Row = [span: number, name: string, value: number | null, label: string | null]

/** Judgements of one name, or of all: each distinct number or word is a value. */
export function scoreCodes({ store, layout }: Table, name: string | undefined): Coded {
  const found: { readonly row: number; readonly code: number }[] = []
  const values: Value[] = []
  const codeOf = new Map<Value, number>()
  const rows = store.statement<[], Row>('SELECT span, name, value, label FROM score ORDER BY id').raw()
  const wanted = name?.toLowerCase()
  for (const [span, scoreName, value, label] of rows.iterate()) {
    const row = (layout.rowOf[span] ?? 0) - 1
    if (row < 0 || (wanted !== undefined && scoreName.toLowerCase() !== wanted)) continue
    for (const said of [value, label]) {
      if (said === null) continue
      let code = codeOf.get(said)
      if (code === undefined) codeOf.set(said, (code = values.push(said) - 1))
      found.push({ row, code })
    }
  }
  found.sort((a, b) => a.row - b.row)
  return {
    codes: Uint32Array.from(found, one => one.code),
    rows: Uint32Array.from(found, one => one.row),
    size: values.length,
    none: -1,
    decode: code => values[code] ?? '',
  }
}
