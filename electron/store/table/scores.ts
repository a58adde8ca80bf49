import type { Coded, Value } from './coded.ts'
import type { Table } from './table.ts'

type Row = [span: number, name: string, value: number | null, label: string | null]

const spansOf = `JOIN span_run run ON run.trace = t.id
  CROSS JOIN span p ON p.id >= run.first AND p.id < run.first + run.n AND p.trace = run.trace`

/** Those that the files carried, then those that came from elsewhere: of a span, or of its whole trace or session. */
const allScores = `SELECT span, name, value, label FROM score
  UNION ALL SELECT p.id, g.name, g.value, g.label FROM given_score g JOIN trace t ON t.key = g.trace ${spansOf}
  WHERE g.trace <> '' AND g.span IN (0, p.tag)
  UNION ALL SELECT p.id, g.name, g.value, g.label FROM given_score g JOIN name ON name.s = g.session
  JOIN trace t ON t.session = name.id ${spansOf} WHERE g.session <> ''`

/** Judgements of one name, or of all: each distinct number or word is a value. */
export function scoreCodes({ store, layout }: Table, name: string | undefined): Coded {
  const found: { readonly row: number; readonly code: number }[] = []
  const values: Value[] = []
  const codeOf = new Map<Value, number>()
  const rows = store.statement<[], Row>(allScores).raw()
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
    repeats: true,
    decode: code => values[code] ?? '',
  }
}
