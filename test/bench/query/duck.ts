// The same rows in DuckDB, an analytical database that does nothing else: what it takes stands beside our figures. It is no
// dependency: where somebody installed `@duckdb/node-api` beside us, it is asked.

import { createWriteStream, rmSync } from 'node:fs'
import { once } from 'node:events'
import Database from 'better-sqlite3'
import { seededRandom } from '../../helpers/random.ts'
import { rowOf } from './bench-query.ts'
import type { QueryRow } from './query-class.ts'

interface Connection {
  runAndReadAll(sql: string): Promise<{ getRowsJS(): unknown[][] }>
}

interface Duck {
  readonly DuckDBInstance: { create(file: string): Promise<{ connect(): Promise<Connection> }> }
}

const asks = 50
const words = 'name environment user model provider version'.split(' ')
const columns = ['trace', 'kind', 'status', 'start', 'dur', ...words, 'input', 'output', 'cost']
const types = `{${columns.map(name => `'${name}': '${words.includes(name) ? 'VARCHAR' : 'BIGINT'}'`).join()}}`
const facets = ['kind', 'model', 'provider', 'version', 'status', 'environment', 'user', 'name']

/** Undefined where it is not installed. */
export async function connectDuck(): Promise<Connection | undefined> {
  const name = '@duckdb/node-api'
  const found: unknown = await import(name).catch(() => undefined)
  return found === undefined ? undefined : (await (found as Duck).DuckDBInstance.create(':memory:')).connect()
}

export async function duckRows(file: string, seed: number): Promise<QueryRow[]> {
  const duck = await connectDuck()
  if (!duck) return []
  const csv = `${file}.csv`
  await writeRows(file, csv)
  await duck.runAndReadAll(
    `CREATE TABLE span AS SELECT * FROM read_csv('${csv.replaceAll("'", "''")}', header = true, columns = ${types})`,
  )
  rmSync(csv)
  const random = seededRandom(seed)
  const classes: [name: string, asked: (where: string) => string[]][] = [
    [
      'DuckDB: count and sums of a new filter',
      where => [`SELECT count(*), sum(input), sum(output), sum(cost) FROM span WHERE ${where}`],
    ],
    [
      'DuckDB: histogram and eight facets',
      where => [
        `SELECT start // 3600000000, status, count(*) FROM span WHERE ${where} GROUP BY 1, 2`,
        ...facets.map(
          field => `SELECT ${field}, count(*) n FROM span WHERE ${where} GROUP BY 1 ORDER BY n DESC LIMIT 12`,
        ),
      ],
    ],
    [
      'DuckDB: a page by start',
      where => [`SELECT * FROM span WHERE ${where} ORDER BY start DESC LIMIT 50 OFFSET ${random.below(1000)}`],
    ],
  ]
  const rows: QueryRow[] = []
  for (const [title, asked] of classes) {
    const times: number[] = []
    let found = 0
    for (let n = 0; n < asks; n++) {
      const texts = asked(
        random.pick([`dur > ${random.below(5_000_000)}`, `kind = ${random.below(13)}`, `model LIKE 'gpt-4o%'`]),
      )
      const started = performance.now()
      for (const text of texts) found += (await duck.runAndReadAll(text)).getRowsJS().length
      times.push(performance.now() - started)
    }
    rows.push(rowOf(title, undefined, times, found / asks))
  }
  return rows
}

async function writeRows(file: string, csv: string): Promise<void> {
  const db = new Database(file, { readonly: true })
  const out = createWriteStream(csv)
  out.write(`${columns.join()}\n`)
  const rows = db
    .prepare<[], (string | number | null)[]>(
      `SELECT s.trace, s.kind, s.status, s.start, s.dur, n.s, e.s, u.s, m.s, p.s, v.s, c.input, c.output, c.cost FROM span s
       LEFT JOIN name n ON n.id = s.name LEFT JOIN label l ON l.id = s.label LEFT JOIN name e ON e.id = l.environment
       LEFT JOIN name u ON u.id = l.user LEFT JOIN call c ON c.id = s.id LEFT JOIN name m ON m.id = c.model
       LEFT JOIN name p ON p.id = c.provider LEFT JOIN name v ON v.id = c.prompt_version`,
    )
    .raw()
  for (const row of rows.iterate()) {
    const line = row.map(cell => (typeof cell === 'string' ? `"${cell.replaceAll('"', '""')}"` : (cell ?? ''))).join()
    if (!out.write(`${line}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
  db.close()
}
