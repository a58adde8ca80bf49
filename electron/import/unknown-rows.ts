import { hash } from 'node:crypto'
import type { JsonObject } from '../../shared/domain/json.ts'
import { rowsLookedAt, type AbsentField, type FieldMapping, type UnknownRows } from '../../shared/domain/mapping.ts'
import { nearestName } from '../../shared/format/nearest-name.ts'
import type { MappedContext } from './formats/mapped.ts'
import { isObject } from './formats/values.ts'
import { FieldTable, tellsOfCalls } from './guess-mapping.ts'
import type { RecordSink } from './format.ts'

/** What somebody said of rows nobody knows. */
export interface MappingsToUse {
  /** For this import. */
  readonly given?: FieldMapping | undefined
  /** From earlier ones, by fingerprint. */
  readonly remembered: ReadonlyMap<string, FieldMapping>
}

/** What becomes of rows once it is known what they are. */
export interface RowTaker {
  readonly sink: Pick<RecordSink, 'hold' | 'compose' | 'line'>
  row(record: JsonObject, context: MappedContext): void
  /** It tells of no call. */
  refuse(record: JsonObject): void
}

/** Of all sorts together, as JSON. */
const bytesHeld = 8 << 20
const mostSorts = 50
/** Keys that two rows must share to be of one sort, of the fewer that one of them has. */
const alike = 0.6

interface Sort {
  readonly keys: ReadonlySet<string>
  readonly table: FieldTable
  held: { readonly json: string; readonly line: number }[]
  rows: number
  decided: { readonly context: MappedContext; readonly report: Omit<UnknownRows, 'rows'> } | 'no call' | undefined
}

/**
 * Rows of one file that no format knows, sorted by the keys they share. The first two hundred of a sort are held until it
 * is decided what their fields mean; all later ones are read at once.
 */
export class UnknownRowReader {
  private readonly taker: RowTaker
  private readonly mappings: MappingsToUse
  private readonly sorts: Sort[] = []
  private held = 0

  constructor(taker: RowTaker, mappings: MappingsToUse) {
    this.taker = taker
    this.mappings = mappings
  }

  read(record: JsonObject): void {
    const sort = this.sortOf(record)
    if (!sort) return this.taker.refuse(record)
    sort.rows++
    if (sort.decided) return this.hand(sort, record)
    const json = this.taker.sink.hold(record)
    const row = parse(json)
    if (row) sort.table.add(row)
    sort.held.push({ json, line: this.taker.sink.line })
    this.held += json.length
    if (sort.held.length >= rowsLookedAt) this.decide(sort)
    else if (this.held >= bytesHeld) this.end()
  }

  /** The file is over, or too much is held. */
  end(): void {
    for (const sort of this.sorts) if (!sort.decided) this.decide(sort)
  }

  /** Whether what is known of mappings made a difference, or could have. */
  get asked(): boolean {
    return this.sorts.length > 0
  }

  get reports(): UnknownRows[] {
    const told = this.sorts.flatMap(({ rows, decided }) =>
      decided && decided !== 'no call' ? [{ ...decided.report, rows }] : [],
    )
    return told.sort((a, b) => b.rows - a.rows)
  }

  private sortOf(record: JsonObject): Sort | undefined {
    const keys = Object.keys(record)
    if (keys.length === 0) return undefined
    for (const sort of this.sorts) {
      const shared = keys.reduce((sum, key) => sum + Number(sort.keys.has(key)), 0)
      if (shared > 0 && shared >= alike * Math.min(keys.length, sort.keys.size)) return sort
    }
    if (this.sorts.length >= mostSorts) return undefined
    const sort: Sort = { keys: new Set(keys), table: new FieldTable(), held: [], rows: 0, decided: undefined }
    this.sorts.push(sort)
    return sort
  }

  private decide(sort: Sort): void {
    const { table, held } = sort
    const fingerprint = hash('sha256', table.commonPaths.join('\n'), 'hex').slice(0, 16)
    const { given } = this.mappings
    const remembered = this.mappings.remembered.get(fingerprint)
    const [mapping, from] = fits(given, table)
      ? ([given, 'given'] as const)
      : remembered
        ? ([remembered, 'remembered'] as const)
        : ([table.guess(), 'names and values'] as const)
    const isGuess = from === 'names and values'
    const absent = given ? absentIn(given, table) : []
    sort.decided =
      isGuess && !tellsOfCalls(mapping, table)
        ? 'no call'
        : {
            context: isGuess ? { mapping } : { mapping, said: true },
            report: {
              fingerprint,
              fields: table.samples.slice(0, 200),
              mapping,
              from,
              ...(absent.length > 0 ? { absent } : {}),
            },
          }
    sort.held = []
    for (const { json, line } of held) {
      this.held -= json.length
      this.taker.sink.compose(json, record => this.hand(sort, record), line)
    }
  }

  private hand({ decided }: Sort, record: JsonObject): void {
    if (!decided || decided === 'no call') this.taker.refuse(record)
    else this.taker.row(record, decided.context)
  }
}

/** A mapping is for rows that have one of its fields at least. */
function fits(mapping: FieldMapping | undefined, table: FieldTable): mapping is FieldMapping {
  return mapping !== undefined && Object.values(mapping.fields).some(path => table.has(path))
}

/** What a mapping names and no row has. */
function absentIn({ fields }: FieldMapping, table: FieldTable): AbsentField[] {
  const paths = new Set(Object.values(fields).filter(path => !table.has(path)))
  return [...paths].map(path => {
    const nearest = nearestName(path, table.paths)
    return { path, ...(nearest === undefined ? {} : { nearest }) }
  })
}

function parse(json: string): { readonly [key: string]: unknown } | undefined {
  const value: unknown = JSON.parse(json)
  return isObject(value) ? value : undefined
}
