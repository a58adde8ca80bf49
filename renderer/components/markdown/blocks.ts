// The blocks of Markdown as models write it: CommonMark's and GitHub's forms without HTML, references and indented
// code, which stay texts. In time that grows with the text, whatever is written there.

export type Align = 'left' | 'right' | 'center' | undefined

export type Block =
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'heading'; readonly level: number; readonly text: string }
  | { readonly type: 'code'; readonly language: string; readonly text: string }
  | { readonly type: 'quote'; readonly blocks: readonly Block[] }
  | { readonly type: 'list'; readonly items: readonly Item[] }
  | {
      readonly type: 'table'
      readonly align: readonly Align[]
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly type: 'rule' }

export interface Item {
  /** As it is written: `-`, `3.` */
  readonly marker: string
  /** Of a task: whether it is done. */
  readonly done?: boolean
  readonly blocks: readonly Block[]
}

/** Lists and quotes inside each other: deeper ones are paragraphs. */
const deepest = 8

export function parseBlocks(text: string): readonly Block[] {
  return blocksOf(text.split(/\r?\n/), 0)
}

function blocksOf(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!
    if (isBlank(line)) {
      at++
      continue
    }
    const read =
      readFence(lines, at) ??
      readHeading(line, at) ??
      readRule(line, at) ??
      (depth < deepest ? (readQuote(lines, at, depth) ?? readList(lines, at, depth)) : undefined) ??
      readTable(lines, at) ??
      readParagraph(lines, at, depth)
    blocks.push(read.block)
    at = read.end
  }
  return blocks
}

interface Read {
  readonly block: Block
  /** The line after it. */
  readonly end: number
}

const fence = /^( {0,3})(`{3,}|~{3,})([^`]*)$/

function readFence(lines: readonly string[], at: number): Read | undefined {
  const [, indent, ticks, info] = fence.exec(lines[at]!) ?? []
  if (indent === undefined || ticks === undefined) return undefined
  let end = at + 1
  while (end < lines.length && !closes(lines[end]!, ticks)) end++
  const text = lines
    .slice(at + 1, end)
    .map(line => (indent !== '' && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n')
  return { block: { type: 'code', language: info?.trim() ?? '', text }, end: end + 1 }
}

function closes(line: string, ticks: string): boolean {
  const written = line.trim()
  return written.length >= ticks.length && written === ticks[0]!.repeat(written.length)
}

function readHeading(line: string, at: number): Read | undefined {
  const [marks] = /^ {0,3}#{1,6}(?=[ \t])/.exec(line) ?? []
  if (marks === undefined) return undefined
  const text = line.slice(marks.length).trim()
  const bare = text.replace(/(?<=[ \t])#+$/, '').trimEnd()
  return { block: { type: 'heading', level: marks.trim().length, text: bare === '' ? text : bare }, end: at + 1 }
}

function readRule(line: string, at: number): Read | undefined {
  return /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(line) ? { block: { type: 'rule' }, end: at + 1 } : undefined
}

function readQuote(lines: readonly string[], at: number, depth: number): Read | undefined {
  let end = at
  const inside: string[] = []
  for (; end < lines.length; end++) {
    const [mark] = /^ {0,3}> ?/.exec(lines[end]!) ?? []
    if (mark === undefined) break
    inside.push(lines[end]!.slice(mark.length))
  }
  return end === at ? undefined : { block: { type: 'quote', blocks: blocksOf(inside, depth + 1) }, end }
}

interface Marker {
  readonly indent: number
  readonly text: string
  /** Columns its content is indented by. */
  readonly content: number
}

function markerOf(line: string): Marker | undefined {
  const [whole, indent, text, space] = /^( {0,3})([-*+]|\d{1,9}[.)])(?:([ \t]{1,4})(?=\S)|[ \t]*$)/.exec(line) ?? []
  if (whole === undefined || indent === undefined || text === undefined) return undefined
  return { indent: indent.length, text, content: indent.length + text.length + (space?.length ?? 1) }
}

function isSame(a: Marker, b: Marker): boolean {
  return a.text.at(-1) === b.text.at(-1)
}

function readList(lines: readonly string[], at: number, depth: number): Read | undefined {
  const first = markerOf(lines[at]!)
  if (!first || readRule(lines[at]!, at)) return undefined
  const items: Item[] = []
  let marker: Marker = first
  let end = at
  while (end < lines.length) {
    const inside = [lines[end]!.slice(marker.content)]
    const { content } = marker
    let next: Marker | undefined
    let after = end + 1
    let blank = false
    for (; after < lines.length; after++) {
      const line = lines[after]!
      if (isBlank(line)) {
        blank = true
        inside.push('')
        continue
      }
      const indent = line.length - line.trimStart().length
      if (indent >= content) {
        inside.push(line.slice(content))
        blank = false
        continue
      }
      next = markerOf(line)
      // Text goes on without an indent as long as nothing else begins.
      if (next || blank || begins(lines, after)) break
      inside.push(line.trimStart())
    }
    items.push(itemOf(marker.text, inside, depth))
    end = after
    if (!next || !isSame(next, first)) break
    marker = next
  }
  return { block: { type: 'list', items }, end }
}

function itemOf(marker: string, inside: string[], depth: number): Item {
  const [, box, rest] = /^\[([ xX])\][ \t]+(.*)$/s.exec(inside[0]!) ?? []
  const lines = box === undefined ? inside : [rest!, ...inside.slice(1)]
  return { marker, ...(box === undefined ? {} : { done: box !== ' ' }), blocks: blocksOf(lines, depth + 1) }
}

/** More columns than these are no table. */
const mostColumns = 64

function readTable(lines: readonly string[], at: number): Read | undefined {
  const rule = lines[at + 1]
  if (rule === undefined || !lines[at]!.includes('|') || !/^[\s|:-]*-[\s|:-]*$/.test(rule)) return undefined
  const marks = cellsOf(rule)
  const head = cellsOf(lines[at]!)
  if (marks.length !== head.length || head.length > mostColumns || !marks.every(mark => /^:?-+:?$/.test(mark))) {
    return undefined
  }
  const rows: string[][] = []
  let end = at + 2
  for (; end < lines.length; end++) {
    const line = lines[end]!
    if (isBlank(line) || !line.includes('|')) break
    const cells = cellsOf(line)
    // What is too much for the table is not lost.
    rows.push(head.map((_, i) => (i === head.length - 1 ? cells.slice(i).join(' | ') : (cells[i] ?? ''))))
  }
  return { block: { type: 'table', align: marks.map(alignOf), head, rows }, end }
}

function cellsOf(line: string): string[] {
  const cells: string[] = []
  let cell = ''
  const row = line.trim()
  for (let i = row.startsWith('|') ? 1 : 0; i < row.length; i++) {
    const char = row[i]!
    if (char === '\\' && row[i + 1] === '|') {
      cell += '|'
      i++
    } else if (char === '|') {
      cells.push(cell.trim())
      cell = ''
    } else cell += char
  }
  if (cell.trim() !== '' || !row.endsWith('|')) cells.push(cell.trim())
  return cells
}

function alignOf(mark: string): Align {
  if (!mark.endsWith(':')) return mark.startsWith(':') ? 'left' : undefined
  return mark.startsWith(':') ? 'center' : 'right'
}

function readParagraph(lines: readonly string[], at: number, depth: number): Read {
  let end = at + 1
  while (end < lines.length && !isBlank(lines[end]!) && !begins(lines, end, depth)) end++
  return { block: { type: 'paragraph', text: lines.slice(at, end).join('\n') }, end }
}

/** Whether something other than more text begins here. A number begins a list in the middle of a text only where it is 1. */
function begins(lines: readonly string[], at: number, depth = 0): boolean {
  const line = lines[at]!
  if (fence.test(line) || readHeading(line, at) || readRule(line, at)) return true
  if (depth < deepest) {
    const marker = markerOf(line)
    if (marker && (!/\d/.test(marker.text) || /^1[.)]$/.test(marker.text))) return true
    if (/^ {0,3}>/.test(line)) return true
  }
  return readTable(lines, at) !== undefined
}

function isBlank(line: string): boolean {
  return line.trim() === ''
}
