import { hash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { saidFields, unsure, type Said } from '../../../shared/query/said.ts'
import { unpack } from '../block-reader.ts'
import { compress, recordPacking } from '../block-builder.ts'

// What records say that no text is, by span: a column of small numbers for each of these. 0 is nothing, 1 must be read.

export const saidColumns = [...saidFields, 'names'] as const
export type SaidColumn = (typeof saidColumns)[number]

export const unsureCode = 1
/** Values of one column; whatever else comes must be read. */
const mostValues = 20_000
/** Span, its columns, and the hash of its response's id. */
const width = saidColumns.length + 2

/** 32 bits that are looked up; what they find is compared. 0 is none. */
export function responseCode(id: string): number {
  return id === '' ? 0 : Number.parseInt(hash('sha256', id, 'hex').slice(0, 8), 16) || 1
}

/** What some spans say, to be written: row by row span, codes and response; of each column the texts of its codes. */
export interface SaidPiece {
  readonly rows: Uint32Array<ArrayBuffer>
  readonly values: { readonly [column in SaidColumn]: readonly string[] }
}

/** Gathers what spans say. */
export class SaidList {
  private rows = new Uint32Array(width << 10)
  private count = 0
  private codes = noCodes()

  add(span: number, said: Said | undefined): void {
    if (this.count + width > this.rows.length) {
      const wider = new Uint32Array(this.rows.length * 2)
      wider.set(this.rows)
      this.rows = wider
    }
    this.rows[this.count++] = span
    for (const column of saidColumns) this.rows[this.count++] = codeOf(this.codes[column], said?.[column] ?? '')
    this.rows[this.count++] = said ? responseCode(said.response) : 0
  }

  take(): SaidPiece {
    const rows = this.rows.slice(0, this.count)
    const { codes } = this
    this.count = 0
    this.codes = noCodes()
    return { rows, values: byColumn(column => [...codes[column].keys()]) }
  }
}

type Codes = { readonly [column in SaidColumn]: Map<string, number> }

function noCodes(): Codes {
  return byColumn(() => new Map())
}

function codeOf(codes: Map<string, number>, text: string): number {
  let code = codes.get(text)
  if (code === undefined) codes.set(text, (code = codes.size))
  return code
}

function byColumn<T>(of: (column: SaidColumn, place: number) => T): { readonly [column in SaidColumn]: T } {
  return Object.fromEntries(saidColumns.map((column, c) => [column, of(column, c)])) as { [column in SaidColumn]: T }
}

/** Writes pieces, within one transaction of the index. */
export class SaidWriter {
  private readonly codes: Codes
  private readonly addValue: Database.Statement<[string, number, string]>
  private readonly addBlock: Database.Statement<[number, number, Buffer]>

  constructor(db: Database.Database) {
    this.addValue = db.prepare('INSERT INTO said_value VALUES (?, ?, ?)')
    this.addBlock = db.prepare('INSERT INTO said(n, length, data) VALUES (?, ?, ?)')
    this.codes = byColumn(column => new Map(valuesOf(db, column).map((text, i) => [text, i])))
  }

  /** A block of columns, one after another; of spans how far they are from the one before. */
  write({ rows, values }: SaidPiece): void {
    const n = rows.length / width
    if (n === 0) return
    const codes = saidColumns.map(column => Uint32Array.from(values[column], text => this.codeOf(column, text)))
    const block = new Uint32Array(rows.length)
    for (let i = 0; i < n; i++) {
      const at = i * width
      block[i] = rows[at]! - (i === 0 ? 0 : rows[at - width]!)
      for (const [c, of] of codes.entries()) block[(c + 1) * n + i] = of[rows[at + c + 1]!]!
      block[(width - 1) * n + i] = rows[at + width - 1]!
    }
    const data = Buffer.from(block.buffer)
    this.addBlock.run(n, data.length, compress(data, recordPacking))
  }

  private codeOf(column: SaidColumn, text: string): number {
    const codes = this.codes[column]
    const known = codes.get(text)
    if (known !== undefined) return known
    if (codes.size >= mostValues) return unsureCode
    const code = codes.size
    codes.set(text, code)
    this.addValue.run(column, code, text)
    return code
  }
}

/** The texts of a column by their codes. */
function valuesOf(db: Database.Database, column: SaidColumn): string[] {
  const rows = db.prepare<[string], string>('SELECT text FROM said_value WHERE field = ? ORDER BY code').pluck()
  return ['', unsure, ...rows.all(column)]
}

/** The columns of all spans up to the index's watermark, by span. */
export interface SaidRows {
  readonly codes: { readonly [column in SaidColumn]: Uint32Array }
  readonly response: Uint32Array
  readonly values: { readonly [column in SaidColumn]: readonly string[] }
}

interface Block {
  readonly n: number
  readonly length: number
  readonly data: Buffer
}

/** What came later of a span holds. */
export function readSaid(db: Database.Database, mostId: number): SaidRows {
  const wide = () => new Uint32Array(mostId + 1)
  const columns = Array.from({ length: width - 1 }, wide)
  for (const { n, length, data } of db.prepare<[], Block>('SELECT n, length, data FROM said ORDER BY id').iterate()) {
    const bytes = unpack(data, length)
    const block = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    let span = 0
    for (let i = 0; i < n; i++) {
      span = (span + block[i]!) >>> 0
      for (let c = 1; c < width; c++) columns[c - 1]![span] = block[c * n + i]!
    }
  }
  return {
    codes: byColumn((_, c) => columns[c]!),
    response: columns.at(-1)!,
    values: byColumn(column => valuesOf(db, column)),
  }
}
