/** A record of a table: its cells, and the line where it begins. */
export interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

const mostCells = 1000
const mostOfCell = 1 << 20

/**
 * Splits a table into records as its text arrives in pieces: quotes, doubled quotes and line ends inside them, any of
 * the usual line ends. A quote that nobody closes costs the rest of the file, so a cell ends after a megabyte.
 */
export class CsvSplitter {
  private readonly separator: string
  private cells: string[] = []
  private cell = ''
  private quoted = false
  /** A quote inside quotes: the next character says whether it closes them. */
  private closing = false
  private isBlank = true
  private line = 1
  private begun = 1
  private afterReturn = false

  constructor(separator: string) {
    this.separator = separator
  }

  *take(text: string): Generator<CsvRecord> {
    for (const char of text) {
      const lineEnd = char === '\n' || char === '\r'
      if (char === '\n' && this.afterReturn) {
        this.afterReturn = false
        if (this.quoted && !this.closing) this.add(char)
        continue
      }
      this.afterReturn = char === '\r'
      if (lineEnd) this.line++
      if (this.quoted && !this.closing) {
        if (char === '"') this.closing = true
        else this.add(char)
        continue
      }
      if (this.closing && char === '"') {
        this.closing = false
        this.add(char)
        continue
      }
      this.closing = this.quoted = false
      if (char === this.separator) this.endCell()
      else if (lineEnd) yield* this.end()
      else if (char === '"' && this.cell === '') this.quoted = true
      else this.add(char)
      if (!lineEnd && char !== ' ' && char !== '\t') this.isBlank = false
    }
  }

  /** The last record, where no line end followed it. */
  *end(): Generator<CsvRecord> {
    this.endCell()
    const { cells, begun, isBlank } = this
    this.cells = []
    this.quoted = this.closing = false
    this.isBlank = true
    this.begun = this.line
    if (!isBlank) yield { line: begun, cells }
  }

  private add(char: string): void {
    if (this.cell.length < mostOfCell) this.cell += char
    else if (char === '\n' || char === '\r') this.quoted = false
  }

  private endCell(): void {
    if (this.cells.length < mostCells) this.cells.push(this.cell)
    this.cell = ''
  }
}

/** What stands between the cells of a heading: the most frequent of the usual ones. */
export function separatorOf(heading: string): string {
  const first = heading.split(/\r?\n|\r/, 1)[0] ?? ''
  const count = (char: string): number => first.split(char).length
  return [',', ';', '\t', '|'].reduce((best, char) => (count(char) > count(best) ? char : best), ',')
}
