// The inline part of Markdown, in one pass over the text whatever is written there. What is not understood stays as it
// is written; nothing but markers of a recognised form is left out.

export type Inline =
  | string
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  /** `title` is shown too: nobody sees a tooltip that a text brought along. */
  | { readonly type: 'link'; readonly url: string; readonly title?: string; readonly children: readonly Inline[] }
  | { readonly type: 'image'; readonly url: string; readonly title?: string; readonly alt: string }

/** Longest stretch that is looked at: beyond it a paragraph is a text. */
const longest = 50_000
/** Open markers at a time: so deep and no deeper do elements nest. */
const mostOpen = 24
const longestAddress = 4096
/** Runs of markers in one paragraph: further ones are text. */
const mostRuns = 500

/** A run of `*`, `_` or `~` that may open or close something, as long as it has markers left. */
interface Run {
  readonly char: string
  left: number
  readonly opens: boolean
  readonly closes: boolean
  /** Its place among the nodes. */
  readonly at: number
}
interface Bracket {
  readonly at: number
  readonly runs: number
  readonly isImage: boolean
}

export function parseInline(text: string): readonly Inline[] {
  return text.length > longest ? [text] : new InlineParser(text).parse()
}

class InlineParser {
  private readonly text: string
  private nodes: (Inline | undefined)[] = []
  private runs: Run[] = []
  private readonly brackets: Bracket[] = []
  /** Where runs of so many backticks begin, from the last on: filled when the first is met. */
  private ticks: Map<number, number[]> | undefined
  private plain = ''

  constructor(text: string) {
    this.text = text
  }

  parse(): readonly Inline[] {
    const { text } = this
    for (let at = 0; at < text.length;) {
      const next = this.special(at)
      this.plain += text.slice(at, next)
      at = next < text.length ? this.read(next) : next
    }
    this.flush()
    this.pair(0)
    return joined(this.nodes)
  }

  /** The next character that may mean something. */
  private special(from: number): number {
    marker.lastIndex = from
    return marker.exec(this.text)?.index ?? this.text.length
  }

  /** Reads what stands at a special character; the answer is where it ends. */
  private read(at: number): number {
    const char = this.text[at]!
    switch (char) {
      case '\\':
        return this.escape(at)
      case '`':
        return this.code(at)
      case '[':
        return this.open(at, false)
      case '!':
        return this.text[at + 1] === '[' ? this.open(at, true) : this.literal(at, 1)
      case ']':
        return this.close(at)
      case '<':
        return this.address(at, angled, 1)
      case 'h':
        return this.address(at, bare, 0)
      default:
        return this.run(at, char)
    }
  }

  private literal(at: number, length: number): number {
    this.plain += this.text.slice(at, at + length)
    return at + length
  }

  /** Brackets keep their backslash: models write formulas as `\( … \)`. */
  private escape(at: number): number {
    const next = this.text[at + 1]
    if (next === undefined || !escapable.has(next)) return this.literal(at, 1)
    this.plain += next
    return at + 2
  }

  private code(at: number): number {
    const length = runLength(this.text, at)
    this.ticks ??= backticks(this.text)
    const places = this.ticks.get(length) ?? []
    while (places.length > 0 && places.at(-1)! <= at) places.pop()
    const end = places.at(-1)
    if (end === undefined) return this.literal(at, length)
    const inside = this.text.slice(at + length, end)
    const padded = inside.startsWith(' ') && inside.endsWith(' ') && inside.trim() !== ''
    this.push({ type: 'code', text: padded ? inside.slice(1, -1) : inside })
    return end + length
  }

  private address(at: number, form: RegExp, around: number): number {
    form.lastIndex = at
    const found = form.exec(this.text)?.[0]
    // In the middle of a word it is none.
    if (found === undefined || (around === 0 && /\w/.test(this.text[at - 1] ?? ''))) return this.literal(at, 1)
    const url = around > 0 ? found.slice(1, -1) : withoutTail(found)
    this.push({ type: 'link', url, children: [url] })
    return at + url.length + 2 * around
  }

  private open(at: number, isImage: boolean): number {
    const length = isImage ? 2 : 1
    if (this.brackets.length >= mostOpen) return this.literal(at, length)
    this.flush()
    this.brackets.push({ at: this.nodes.length, runs: this.runs.length, isImage })
    this.nodes.push(this.text.slice(at, at + length))
    return at + length
  }

  private close(at: number): number {
    const bracket = this.brackets.pop()
    const target = bracket && readTarget(this.text, at + 1)
    if (!bracket || !target) return this.literal(at, 1)
    this.flush()
    this.pair(bracket.runs)
    const children = joined(this.nodes.slice(bracket.at + 1))
    this.nodes.length = bracket.at
    const { url, title, end } = target
    const said = title === undefined ? { url } : { url, title }
    this.nodes.push(
      bracket.isImage ? { type: 'image', ...said, alt: textOf(children) } : { type: 'link', ...said, children },
    )
    return end
  }

  private run(at: number, char: string): number {
    const length = runLength(this.text, at)
    const before = this.text[at - 1] ?? ' '
    const after = this.text[at + length] ?? ' '
    const left = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before))
    const right = !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after))
    const inWord = char === '_' && left && right
    const opens = left && (!inWord || isPunctuation(before))
    const closes = right && (!inWord || isPunctuation(after))
    const fits = char === '~' ? length === 2 : length <= 3
    if (!fits || (!opens && !closes) || this.runs.length >= mostRuns) return this.literal(at, length)
    this.flush()
    this.runs.push({ char, left: length, opens, closes, at: this.nodes.length })
    this.nodes.push(char.repeat(length))
    return at + length
  }

  /** Pairs the runs from this one on: an opener takes what stands between it and the nearest that closes it. */
  private pair(from: number): void {
    const open: Run[] = []
    for (const run of this.runs.slice(from)) {
      for (let i = open.length - 1; i >= 0 && run.closes && run.left > 0; i--) {
        const opener = open[i]!
        if (opener.char !== run.char) continue
        while (opener.left > 0 && run.left > 0) this.wrap(opener, run)
        // What was opened in between and never closed is text.
        open.length = opener.left > 0 ? i + 1 : i
      }
      if (run.opens && run.left > 0 && open.length < mostOpen) open.push(run)
    }
    this.runs.length = from
  }

  private wrap(opener: Run, closer: Run): void {
    const used = opener.char === '~' || (opener.left >= 2 && closer.left >= 2) ? 2 : 1
    opener.left -= used
    closer.left -= used
    const children = joined(this.nodes.slice(opener.at + 1, closer.at))
    const type = opener.char === '~' ? 'strike' : used === 2 ? 'strong' : 'emphasis'
    this.nodes.fill(undefined, opener.at + 1, closer.at)
    this.nodes[opener.at] = opener.left > 0 ? opener.char.repeat(opener.left) : undefined
    this.nodes[closer.at] = closer.left > 0 ? closer.char.repeat(closer.left) : undefined
    this.nodes[opener.at + 1] = { type, children }
  }

  private push(node: Inline): void {
    this.flush()
    this.nodes.push(node)
  }

  private flush(): void {
    // Something always stands between two runs: `wrap` puts its node there.
    if (this.plain !== '' || this.runs.at(-1)?.at === this.nodes.length - 1) this.nodes.push(this.plain)
    this.plain = ''
  }
}

const marker = /[\\`[\]!<*_~]|h(?=ttps?:\/\/)/g
const angled = /<https?:\/\/[^\s<>]{1,4096}>/iy
const bare = /https?:\/\/[^\s<>"'`*\\]{1,4096}/iy
const escapable = new Set('*_`#~|.!>+-$')

function runLength(text: string, at: number): number {
  let end = at
  while (text[end] === text[at]) end++
  return end - at
}

function backticks(text: string): Map<number, number[]> {
  const places = new Map<number, number[]>()
  const runs = [...text.matchAll(/`+/g)]
  for (const { index, 0: run } of runs.toReversed()) {
    const known = places.get(run.length)
    if (known) known.push(index)
    else places.set(run.length, [index])
  }
  return places
}

/** An address in a text ends before what ends the sentence, and before a bracket it did not open. */
function withoutTail(url: string): string {
  let end = url.length
  for (; end > 8; end--) {
    const last = url[end - 1]!
    if (last === ')') {
      const head = url.slice(0, end)
      if (head.split('(').length >= head.split(')').length) break
    } else if (!/[.,;:!?\]}_~|]/.test(last)) break
  }
  return url.slice(0, end)
}

/** `(address)` or `(address "title")`. */
function readTarget(text: string, at: number): { url: string; title?: string; end: number } | undefined {
  if (text[at] !== '(') return undefined
  const most = Math.min(text.length, at + longestAddress)
  let depth = 0
  let end = at
  for (; end < most; end++) {
    const char = text[end]!
    if (char === '\n') return undefined
    if (char === '(') depth++
    else if (char === ')' && --depth === 0) break
  }
  if (end >= most) return undefined
  const inside = text.slice(at + 1, end).trim()
  const [, angle, plain, title] = /^(?:<([^<>]*)>|(\S*))(?:\s+["'(](.*)["')])?$/.exec(inside) ?? []
  const url = angle ?? plain
  if (url === undefined) return undefined
  return { url, ...(title === undefined ? {} : { title }), end: end + 1 }
}

function isSpace(char: string): boolean {
  return /\s/.test(char)
}

function isPunctuation(char: string): boolean {
  return /[\p{P}\p{S}]/u.test(char)
}

function joined(nodes: readonly (Inline | undefined)[]): readonly Inline[] {
  const list: Inline[] = []
  for (const node of nodes) {
    if (node === undefined || node === '') continue
    const last = list.at(-1)
    if (typeof node === 'string' && typeof last === 'string') list[list.length - 1] = last + node
    else list.push(node)
  }
  return list
}

function textOf(nodes: readonly Inline[]): string {
  return nodes
    .map(node => {
      if (typeof node === 'string') return node
      if (node.type === 'code') return node.text
      return node.type === 'image' ? node.alt : textOf(node.children)
    })
    .join('')
}
