import type Database from 'better-sqlite3'
import { fold } from '../../../shared/query/fold.ts'
import type { Leaf } from '../../../shared/query/plan.ts'
import { compileRegex } from '../../../shared/query/regex/compile.ts'
import { textMatcher, type TextMatch } from '../../../shared/query/text-match.ts'
import type { IndexState } from './identity.ts'
import { IndexedTexts } from './indexed-texts.ts'
import type { Store } from '../open.ts'
import { PostingReader } from './posting-reader.ts'
import { partBits } from './postings.ts'
import { SpanBits } from './span-bits.ts'
import { TermFinder } from './term-finder.ts'
import { askPhrase, needlesOf } from './words.ts'

export type TextLeaf = Extract<Leaf, { type: 'text' }>

/**
 * The index of a store as whoever searches sees it: which spans up to `state.record` hold a text. Every answer is the one
 * that reading those spans gives: what words alone do not settle is looked at text by text.
 */
export class TextIndex {
  readonly state: IndexState
  private readonly db: Database.Database
  private readonly postings: PostingReader
  private readonly texts: IndexedTexts
  private readonly terms: TermFinder
  private readonly matching: Database.Statement<[string], Buffer | null>
  private readonly answers = new Map<string, SpanBits>()
  private cut: Uint32Array | undefined

  /** For use within transactions in which the index is in this state. */
  constructor(db: Database.Database, store: Store, state: IndexState) {
    this.db = db
    this.state = state
    this.postings = new PostingReader(db)
    this.texts = new IndexedTexts(db, store)
    this.terms = new TermFinder(db)
    // One text of all numbers: a row each takes three times as long.
    this.matching = db
      .prepare<[string], Buffer | null>('SELECT CAST(group_concat(rowid) AS BLOB) FROM words WHERE words MATCH ?')
      .pluck()
  }

  /** Whether texts of parts of words can be told: the list of words may be older than the texts. */
  get knowsParts(): boolean {
    return this.state.terms === this.state.texts
  }

  /** Spans that hold such a text. */
  spansOf({ match, part }: TextLeaf): SpanBits {
    const key = JSON.stringify([match, part])
    const known = this.answers.get(key)
    if (known) return known
    const found = new SpanBits(this.state.record)
    this.postings.spansOf(this.textsWith(match), part === 'any' ? 0 : partBits([part]), found)
    if (this.answers.size >= mostAnswers) this.answers.delete(this.answers.keys().next().value!)
    this.answers.set(key, found)
    return found
  }

  /** Spans that may satisfy a question whose values are among the texts; undefined where the index cannot tell. */
  mayMatch(leaf: Leaf): SpanBits | undefined {
    if (leaf.type !== 'name' || leaf.field.id !== 'document') return undefined
    const { match } = leaf
    const texts = this.candidates(
      match.type === 'pieces' ? { type: 'pattern', pieces: match.pieces.map(longestAscii) } : match,
    )
    if (texts.length === this.state.texts) return undefined
    const found = new SpanBits(this.state.record)
    this.postings.spansOf(texts, 0, found)
    return found
  }

  /** Numbers of the texts that match, ascending. */
  private textsWith(match: TextMatch): Uint32Array {
    if (match.type === 'phrase') {
      const { match: asked, isExact } = askPhrase(match.text, match.prefix)
      const found = this.ask(asked)
      return isExact ? found : this.verified(found, match)
    }
    const candidates = this.candidates(match)
    return this.verified(candidates, match)
  }

  /** Texts that may match what is not whole words; all where nothing narrows them down. */
  private candidates(match: Exclude<TextMatch, { type: 'phrase' }>): Uint32Array {
    const pieces =
      match.type === 'pattern' ? match.pieces : [match.type === 'substring' ? match.text : requiredOf(match)]
    let found: Uint32Array | undefined
    for (const piece of pieces) {
      const { needles, phrases } = needlesOf(piece)
      const sets = [
        ...phrases.map(phrase => this.ask(phrase)),
        ...needles.flatMap(needle => {
          const terms = this.knowsParts ? this.terms.find(needle) : undefined
          return terms ? [this.askAny(terms)] : []
        }),
      ]
      for (const set of sets) found = found ? inBoth(found, set) : set
    }
    // In a word that was cut the piece may stand behind the cut.
    return found ? merged(found, this.cutTexts()) : all(this.state.texts)
  }

  private verified(texts: Uint32Array, match: TextMatch): Uint32Array {
    const matches = textMatcher(match)
    const isRaw = match.type === 'regex'
    return texts.filter(number => {
      const text = this.texts.read(number)
      return text !== undefined && matches(isRaw ? text : fold(text))
    })
  }

  private cutTexts(): Uint32Array {
    return (this.cut ??= Uint32Array.from(
      this.db.prepare<[], number>('SELECT text FROM cut ORDER BY text').pluck().all(),
    ))
  }

  private askAny(terms: readonly string[]): Uint32Array {
    let found: Uint32Array = new Uint32Array()
    for (let from = 0; from < terms.length; from += termsAtOnce) {
      const some = terms.slice(from, from + termsAtOnce).map(term => `"${term}"`)
      found = merged(found, this.ask(some.join(' OR ')))
    }
    return found
  }

  private ask(match: string): Uint32Array {
    return readNumbers(this.matching.get(match) ?? null)
  }
}

const mostAnswers = 64
/** An expression of FTS5 may not be too deep. */
const termsAtOnce = 200

/** The longest run of ASCII that every match holds: folding changes nothing else in it, whatever stands around it. */
function requiredOf({ source, ignoreCase }: Extract<TextMatch, { type: 'regex' }>): string {
  const compiled = compileRegex(source, ignoreCase)
  return compiled.ok ? longestAscii(compiled.regex.requires) : ''
}

function longestAscii(text: string): string {
  const runs = text.match(/[\u0020-\u007e]+/g) ?? []
  return runs.reduce((best, run) => (run.length > best.length ? run : best), '').toLowerCase()
}

/** Decimal numbers with commas between. */
function readNumbers(bytes: Buffer | null): Uint32Array {
  if (!bytes) return new Uint32Array()
  const found = new Uint32Array((bytes.length >> 1) + 1)
  let [n, value] = [0, 0]
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes[i]!
    if (code === 44) {
      found[n++] = value
      value = 0
    } else value = value * 10 + code - 48
  }
  found[n++] = value
  return found.subarray(0, n)
}

function all(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i + 1)
}

function inBoth(a: Uint32Array, b: Uint32Array): Uint32Array {
  const found = new Uint32Array(Math.min(a.length, b.length))
  let n = 0
  for (let i = 0, k = 0; i < a.length && k < b.length;) {
    if (a[i]! < b[k]!) i++
    else if (a[i]! > b[k]!) k++
    else {
      found[n++] = a[i++]!
      k++
    }
  }
  return found.subarray(0, n)
}

function merged(a: Uint32Array, b: Uint32Array): Uint32Array {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const found = new Uint32Array(a.length + b.length)
  let n = 0
  for (let i = 0, k = 0; i < a.length || k < b.length;) {
    const next = k >= b.length || (i < a.length && a[i]! <= b[k]!) ? a[i++]! : b[k++]!
    if (n === 0 || found[n - 1] !== next) found[n++] = next
  }
  return found.subarray(0, n)
}
