// What differs between texts that stand in the same place of one prompt: fixed text in it, and values.

/** From and to, in UTF-16 units of the text. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** `slot`: after which piece it stands. */
export interface GapValue extends Range {
  readonly slot: number
}

/** Fixed pieces in their order; before, between and after them stand values. The first and the last may be empty. */
export interface GapTemplate {
  readonly pieces: readonly string[]
}

const token = /[\p{L}\p{M}]+|\p{N}+|\s+|[^\p{L}\p{M}\p{N}\s]/gu
/** Texts that are looked at: what all of them share is no chance. */
const samples = 40
/** A piece inside a value must be so long to be more than a habit of language. */
const shortestPiece = 8

/** Of the texts that stand in one place. */
export function gapTemplate(texts: readonly string[]): GapTemplate {
  const some = sampled(texts)
  const [first] = some
  if (first === undefined || some.every(one => one === first)) return { pieces: [first ?? ''] }
  const json = jsonTemplate(some)
  if (json) return json
  const cut = some.map(one => one.match(token) ?? [])
  const before = sharedStart(cut)
  const after = sharedEnd(cut, before)
  const start = cut[0]!.slice(0, before).join('')
  const end = after === 0 ? '' : cut[0]!.slice(-after).join('')
  const middles = some.map(one => one.slice(start.length, one.length - end.length))
  return { pieces: [start, ...inner(middles, 0), end] }
}

function sampled(texts: readonly string[]): string[] {
  const distinct = [...new Set(texts)]
  const step = Math.max(1, distinct.length / samples)
  return Array.from({ length: Math.min(samples, distinct.length) }, (_, i) => distinct[Math.floor(i * step)]!)
}

function sharedStart(cut: readonly (readonly string[])[]): number {
  const [first = []] = cut
  let n = 0
  while (n < first.length && cut.every(one => one[n] === first[n])) n++
  return n
}

function sharedEnd(cut: readonly (readonly string[])[], before: number): number {
  const [first = []] = cut
  let n = 0
  while (cut.every(one => one.length - n > before && one.at(-1 - n) === first.at(-1 - n))) n++
  return n
}

/** Pieces that stand once in each of them, in one order. */
function inner(middles: readonly string[], depth: number): string[] {
  const piece = depth > 4 ? undefined : sharedPiece(middles)
  if (piece === undefined) return []
  const at = middles.map(one => one.indexOf(piece))
  const left = inner(
    middles.map((one, i) => one.slice(0, at[i])),
    depth + 1,
  )
  const right = inner(
    middles.map((one, i) => one.slice(at[i]! + piece.length)),
    depth + 1,
  )
  return [...left, piece, ...right]
}

/** The longest run of whole words that stands exactly once in each. */
function sharedPiece(middles: readonly string[]): string | undefined {
  const shortest = middles.reduce((a, b) => (b.length < a.length ? b : a))
  if (shortest.length < shortestPiece || shortest.length > 5000) return undefined
  const cut = shortest.match(token) ?? []
  let best = ''
  for (let from = 0; from < cut.length; from++) {
    let piece = ''
    for (let to = from; to < cut.length; to++) {
      const longer = piece + cut[to]!
      if (longer.length > best.length && !middles.every(one => one.includes(longer))) break
      piece = longer
    }
    if (piece.length > best.length && middles.every(one => standsOnce(one, piece))) best = piece
  }
  return best.trim().length >= shortestPiece ? best : undefined
}

function standsOnce(text: string, piece: string): boolean {
  const at = text.indexOf(piece)
  return at >= 0 && text.indexOf(piece, at + 1) < 0
}

/** JSON is one value, though its keys are the same each time. */
function jsonTemplate(some: readonly string[]): GapTemplate | undefined {
  const [first] = some
  const from = first!.search(/[{[]/)
  const to = Math.max(first!.lastIndexOf('}'), first!.lastIndexOf(']'))
  if (from < 0 || to <= from) return undefined
  const [start, end] = [first!.slice(0, from), first!.slice(to + 1)]
  const isSame = some.every(one => {
    if (!one.startsWith(start) || !one.endsWith(end) || one.length <= start.length + end.length) return false
    try {
      return typeof JSON.parse(one.slice(start.length, one.length - end.length)) === 'object'
    } catch {
      return false
    }
  })
  return isSame ? { pieces: [start, end] } : undefined
}

const partOfValue = /[\p{L}\p{M}\p{N}_/.-]/u

/** Where the values stand in one text of the place, and between which pieces; undefined where it has not the fixed pieces. */
export function valuesIn(text: string, { pieces }: GapTemplate): GapValue[] | undefined {
  const first = pieces[0]!
  if (pieces.length === 1) return text === first ? [] : undefined
  const last = pieces.at(-1)!
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return undefined
  const values: GapValue[] = []
  let from = first.length
  const end = text.length - last.length
  for (const piece of pieces.slice(1, -1)) {
    const at = text.indexOf(piece, from)
    if (at < 0 || at + piece.length > end) return undefined
    values.push({ slot: values.length, from, to: at })
    from = at + piece.length
  }
  values.push({ slot: values.length, from, to: end })
  return values.filter(({ from: a, to: b }) => b > a).map(value => ({ slot: value.slot, ...widened(text, value) }))
}

/** A date of which only the day changes, an id of which only the end does: the whole of it is the value. */
function widened(text: string, { from, to }: Range): Range {
  let [a, b] = [from, to]
  if (partOfValue.test(text[a]!)) while (a > 0 && partOfValue.test(text[a - 1]!)) a--
  if (partOfValue.test(text[b - 1]!)) while (b < text.length && partOfValue.test(text[b]!)) b++
  while (b > to && /[.]/.test(text[b - 1]!)) b--
  return { from: a, to: b }
}
