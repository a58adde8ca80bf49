import { TextDecoder } from 'node:util'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { JsonValue } from '../../../shared/domain/json.ts'
import { areScoreFields, findScoreFields, readScoreRow, type ScoreRow } from '../../../shared/domain/score-row.ts'
import type { ByteReader } from '../sources/byte-reader.ts'
import { CsvSplitter, separatorOf } from './csv.ts'

/** A row of the file, or why it is none. */
export interface ReadRow {
  readonly line: number
  readonly row: ScoreRow | string
}

const pieceSize = 256 << 10
/** A record of JSON over several lines, or a whole document, is read at once: up to so many characters. */
const mostAtOnce = 64 << 20

/**
 * The rows of a table with a heading, of JSON lines, or of one JSON document with a list of objects. In pieces: never more
 * than one record is held, a document aside. Throws a coded error for what is none of these.
 */
export async function* readRows(reader: ByteReader, name: string | undefined): AsyncGenerator<ReadRow[]> {
  const pieces = decoded(reader)
  const first = await firstPiece(pieces)
  const text = first.trimStart()
  if (/^[[{]/.test(text)) yield* readJson(first, pieces, name)
  else yield* readTable(first, pieces, name)
}

async function* decoded(reader: ByteReader): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  const bytes = Buffer.allocUnsafe(pieceSize)
  for (;;) {
    const count = await reader.read(bytes, 0, bytes.length)
    const text = decoder.decode(bytes.subarray(0, count), { stream: count > 0 })
    if (text !== '') yield text
    if (count === 0) return
  }
}

/** So much that the first line is whole, if it is not huge. */
async function firstPiece(pieces: AsyncGenerator<string>): Promise<string> {
  let text = ''
  while (text.length < 1 << 20 && !/\S[^]*[\n\r]/.test(text)) {
    const next = await pieces.next()
    if (next.done) break
    text += next.value
  }
  return text
}

async function* readTable(
  first: string,
  pieces: AsyncGenerator<string>,
  name: string | undefined,
): AsyncGenerator<ReadRow[]> {
  const splitter = new CsvSplitter(separatorOf(first.trimStart()))
  let fields: ReturnType<typeof findScoreFields> | undefined
  const read = (records: Iterable<{ readonly line: number; readonly cells: readonly string[] }>): ReadRow[] => {
    const rows: ReadRow[] = []
    for (const { line, cells } of records) {
      if (!fields) {
        if (!areScoreFields(cells)) throw notScores(cells)
        fields = findScoreFields(cells)
        continue
      }
      const at = fields
      const fieldOf = (field: Parameters<Parameters<typeof readScoreRow>[0]>[0]) => cells[at.get(field) ?? -1]
      rows.push({ line, row: readScoreRow(fieldOf, name) })
    }
    return rows
  }
  yield read(splitter.take(first))
  for await (const piece of pieces) yield read(splitter.take(piece))
  yield read(splitter.end())
  if (!fields) throw notScores([])
}

function notScores(heading: readonly string[]): InspectorError {
  const names = heading.slice(0, 8).map(name => name.trim().slice(0, 40))
  const found = names.length > 1 || names[0] ? ` Its first line has: ${names.join(', ')}.` : ''
  return new InspectorError(
    'scores/not-scores',
    `This is no file of scores. It needs a heading with trace_id, span_id, session_id or request_id, and with a value or a comment.${found}`,
  )
}

async function* readJson(
  first: string,
  pieces: AsyncGenerator<string>,
  name: string | undefined,
): AsyncGenerator<ReadRow[]> {
  const [line = ''] = first.trimStart().split(/\r?\n/, 1)
  if (first.trimStart().startsWith('{') && isObject(parse(line))) {
    if (listIn(parse(line)) === undefined) {
      yield* readLines(first, pieces, name)
      return
    }
  }
  let whole = first
  for await (const piece of pieces) {
    whole += piece
    if (whole.length > mostAtOnce) {
      throw new InspectorError('scores/too-large', 'This JSON document is larger than 64 MB. Write one object a line.')
    }
  }
  const document = parse(whole)
  const list = Array.isArray(document) ? document : listIn(document)
  if (document === undefined) yield* readLines(whole, pieces, name)
  else if (!list) yield [rowOf(1, document, name)]
  // Its lines are not known: the number in the list stands for them.
  else yield list.map((record, i) => rowOf(i + 1, record, name))
}

/** `{"data": [...]}`, as interfaces of other tools answer. */
function listIn(document: JsonValue | undefined): readonly JsonValue[] | undefined {
  if (!isObject(document)) return undefined
  return ['scores', 'data', 'rows', 'items', 'results', 'feedback'].flatMap(key => {
    const list = Object.hasOwn(document, key) ? document[key] : undefined
    return Array.isArray(list) && list.every(isObject) ? [list] : []
  })[0]
}

async function* readLines(
  first: string,
  pieces: AsyncGenerator<string>,
  name: string | undefined,
): AsyncGenerator<ReadRow[]> {
  let rest = ''
  let line = 0
  const take = (text: string): ReadRow[] => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    return lines.flatMap(json => {
      line++
      return json.trim() === '' ? [] : [rowOf(line, parse(json), name)]
    })
  }
  yield take(first)
  for await (const piece of pieces) {
    yield take(piece)
    if (rest.length > mostAtOnce) throw new InspectorError('scores/too-large', `Line ${line + 1} is longer than 64 MB.`)
  }
  if (rest !== '') yield take('\n')
}

function rowOf(line: number, record: JsonValue | undefined, name: string | undefined): ReadRow {
  if (record === undefined) return { line, row: 'It is not JSON.' }
  if (!isObject(record)) return { line, row: 'It is no object.' }
  const names = Object.keys(record).slice(0, 1000)
  const fields = findScoreFields(names)
  const fieldOf = (field: Parameters<Parameters<typeof readScoreRow>[0]>[0]) => {
    const at = fields.get(field)
    return at === undefined ? undefined : record[names[at]!]
  }
  return { line, row: readScoreRow(fieldOf, name) }
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(json: string): JsonValue | undefined {
  try {
    return JSON.parse(json) as JsonValue
  } catch {
    return undefined
  }
}
