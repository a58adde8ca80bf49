import MarkdownIt, { type StateInline, type Token } from 'markdown-it'

export type Align = 'left' | 'right' | 'center' | undefined

/** A stretch of text with its inline forms; `source` is what is written there. */
export interface Line {
  readonly source: string
  readonly nodes: readonly Inline[]
}

export type Inline =
  | string
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  /** `title` is shown too: nobody sees a tooltip that a text brought along. */
  | { readonly type: 'link'; readonly url: string; readonly title?: string; readonly children: readonly Inline[] }
  | { readonly type: 'image'; readonly url: string; readonly title?: string; readonly alt: string }

export type Block =
  | { readonly type: 'paragraph'; readonly line: Line }
  | { readonly type: 'heading'; readonly level: number; readonly line: Line }
  | { readonly type: 'code'; readonly language: string; readonly text: string }
  | { readonly type: 'quote'; readonly blocks: readonly Block[] }
  | { readonly type: 'list'; readonly items: readonly Item[] }
  | Table
  | { readonly type: 'rule' }

export interface Table {
  readonly type: 'table'
  readonly align: readonly Align[]
  readonly head: readonly Line[]
  readonly rows: readonly (readonly Line[])[]
}

export interface Item {
  /** As it is written: `-`, `3.` */
  readonly marker: string
  /** Of a task: whether it is done. */
  readonly done?: boolean
  readonly blocks: readonly Block[]
}

/** More columns than these are no table. */
const mostColumns = 64

const markdown = new MarkdownIt({ linkify: true, maxNesting: 24 })
// What would take something out of sight, or make something else of what is written: definitions of links, entities,
// headings that are seen by the line below, code by nothing but its indent.
markdown.disable(['reference', 'entity', 'lheading', 'code', 'normalize'])
markdown.inline.ruler.at('escape', keepBrackets)
markdown.inline.ruler.at('newline', keepIndent)
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
for (const schema of ['ftp:', '//', 'mailto:']) markdown.linkify.add(schema, null)
// Every address is shown and none is followed.
markdown.validateLink = () => true
markdown.normalizeLink = markdown.normalizeLinkText = url => url

/** The blocks of Markdown as models write it, CommonMark's and GitHub's; HTML stays a text. */
export function parseMarkdown(text: string): readonly Block[] {
  const written = text.replaceAll('\r\n', '\n')
  return new TokenReader(markdown.parse(written, {}), written).blocks()
}

/** Brackets keep their backslash: models write formulas as `\( … \)`. */
function keepBrackets(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  if (src[pos] !== '\\' || !escapable.has(src[pos + 1] ?? '')) return false
  if (!silent) state.pending += src[pos + 1]
  state.pos += 2
  return true
}

const escapable = new Set('*_`#~|.!>+-$')

/** Lines are shown as they are written, with what they begin with. */
function keepIndent(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '\n') return false
  if (!silent) state.pending += '\n'
  state.pos++
  return true
}

/** Makes a tree of the parser's tokens. */
class TokenReader {
  private at = 0
  private readonly tokens: readonly Token[]
  private readonly lines: readonly string[]

  constructor(tokens: readonly Token[], text: string) {
    this.tokens = tokens
    this.lines = text.split('\n')
  }

  /** Up to the token that closes them, which is read too. */
  blocks(close?: string): Block[] {
    const blocks: Block[] = []
    for (let token = this.next(); token && token.type !== close; token = this.next()) {
      const block = this.block(token)
      if (block) blocks.push(block)
    }
    return blocks
  }

  private next(): Token | undefined {
    return this.tokens[this.at++]
  }

  private block(token: Token): Block | undefined {
    switch (token.type) {
      case 'inline':
        return { type: 'paragraph', line: lineOf(token) }
      case 'heading_open':
        return { type: 'heading', level: Number(token.tag.slice(1)), line: lineOf(this.next()!) }
      case 'fence':
        return { type: 'code', language: token.info.trim(), text: token.content.replace(/\n$/, '') }
      case 'blockquote_open':
        return { type: 'quote', blocks: this.blocks('blockquote_close') }
      case 'bullet_list_open':
      case 'ordered_list_open':
        return { type: 'list', items: this.items() }
      case 'table_open':
        return this.table(token)
      case 'hr':
        return { type: 'rule' }
      default:
        // Where paragraphs begin and end: their lines say all.
        return undefined
    }
  }

  private items(): Item[] {
    const items: Item[] = []
    for (let token = this.next(); token?.type === 'list_item_open'; token = this.next()) {
      const marker = token.info + token.markup
      items.push(asTask({ marker, blocks: this.blocks('list_item_close') }))
    }
    return items
  }

  private table({ map }: Token): Block {
    const align: Align[] = []
    const rows: Line[][] = []
    let written = ''
    for (let token = this.next()!; token.type !== 'table_close'; token = this.next()!) {
      if (token.type === 'th_open') align.push(alignOf(token))
      else if (token.type === 'inline') rows.at(-1)!.push(lineOf(token))
      else if (token.type === 'tr_open') {
        rows.push([])
        written = this.lines[token.map?.[0] ?? -1] ?? ''
      } else if (token.type === 'tr_close') keepRest(rows.at(-1)!, written)
    }
    if (align.length > mostColumns) return { type: 'code', language: '', text: this.lines.slice(...map!).join('\n') }
    return { type: 'table', align, head: rows[0] ?? [], rows: rows.slice(1) }
  }
}

/** What is too much for the table is not lost: it joins the last cell. */
function keepRest(cells: Line[], written: string): void {
  const row = written.replaceAll('\\|', '|')
  let end = 0
  for (const { source } of cells) end = Math.max(row.indexOf(source, end), end) + source.length
  const rest = row
    .slice(end)
    .replace(/^\s*\||\|\s*$/g, '')
    .trim()
  const last = cells.at(-1)
  if (rest === '' || !last) return
  cells[cells.length - 1] = { source: `${last.source} | ${rest}`, nodes: [...last.nodes, ` | ${rest}`] }
}

function alignOf(cell: Token): Align {
  return /(left|right|center)$/.exec(String(cell.attrGet('style') ?? ''))?.[1] as Align
}

function asTask(item: Item): Item {
  const [first, ...others] = item.blocks
  if (first?.type !== 'paragraph') return item
  const { source, nodes } = first.line
  const box = /^\[([ xX])\][ \t]+/.exec(source)
  if (!box || typeof nodes[0] !== 'string') return item
  const [length, rest] = [box[0].length, nodes[0]]
  const line = { source: source.slice(length), nodes: [rest.slice(length), ...nodes.slice(1)] }
  return { ...item, done: box[1] !== ' ', blocks: [{ type: 'paragraph', line }, ...others] }
}

function lineOf({ content, children }: Token): Line {
  return { source: content, nodes: new InlineReader(children ?? []).nodes() }
}

class InlineReader {
  private at = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  /** Up to what closes them. */
  nodes(): readonly Inline[] {
    const nodes: Inline[] = []
    for (let token = this.tokens[this.at++]; token && token.nesting >= 0; token = this.tokens[this.at++]) {
      const node = this.node(token)
      const last = nodes.at(-1)
      if (typeof node === 'string' && typeof last === 'string') nodes[nodes.length - 1] = last + node
      else if (node !== '') nodes.push(node)
    }
    return nodes
  }

  private node(token: Token): Inline {
    switch (token.type) {
      case 'code_inline':
        return { type: 'code', text: token.content }
      case 'strong_open':
        return { type: 'strong', children: this.nodes() }
      case 'em_open':
        return { type: 'emphasis', children: this.nodes() }
      case 's_open':
        return { type: 'strike', children: this.nodes() }
      case 'link_open':
        return { type: 'link', ...addressOf(token, 'href'), children: this.nodes() }
      case 'image':
        return { type: 'image', ...addressOf(token, 'src'), alt: token.content }
      default:
        return token.content
    }
  }
}

function addressOf(token: Token, name: 'href' | 'src'): { readonly url: string; readonly title?: string } {
  const title = token.attrGet('title')
  return { url: String(token.attrGet(name) ?? ''), ...(title === null ? {} : { title: String(title) }) }
}
