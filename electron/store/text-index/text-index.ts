import type Database from 'better-sqlite3'
import { fold } from '../../../shared/query/fold.ts'
import type { Leaf } from '../../../shared/query/plan.ts'
import { compileRegex } from '../../../shared/query/regex/compile.ts'
import { textMatcher, type TextMatch } from '../../../shared/query/text-match.ts'
import type { IndexState } from './identity.ts'
import { readCommon } from './common.ts'
import { ofIndex } from './damage.ts'
import { IndexedTexts } from './indexed-texts.ts'
import { inBoth, merged, readNumbers } from './numbers.ts'
import type { Store } from '../open.ts'
import { PostingReader } from './posting-reader.ts'
import { partBits } from './postings.ts'
import { SaidAnswers } from './said-answers.ts'
import { readSaid } from './said-columns.ts'
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
  private saidAnswers: SaidAnswers | undefined

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

  /** What records say that no text is. Throws `DamagedIndexError`. */
  get said(): SaidAnswers {
    return (this.saidAnswers ??= new SaidAnswers(ofIndex(() => readSaid(this.db, this.state.record))))
  }

  /** Spans that hold such a text. Throws `DamagedIndexError`. */
  spansOf({ match, part }: TextLeaf): SpanBits {
    const key = JSON.stringify([match, part])
    const known = this.answers.get(key)
    if (known) return known
    const found = ofIndex(() => {
      const common = part === 'any' && this.state.common === this.state.generation ? this.common(match) : undefined
      return common ?? this.spansWith(this.textsWith(match), part === 'any' ? 0 : partBits([part]))
    })
    if (this.answers.size >= mostAnswers) this.answers.delete(this.answers.keys().next().value!)
    this.answers.set(key, found)
    return found
  }

  /**
   * Spans that may satisfy a question whose values are among the texts; undefined where the index cannot tell. Throws
   * `DamagedIndexError`.
   */
  mayMatch(leaf: Leaf): SpanBits | undefined {
    if (leaf.type !== 'name' || leaf.field.id !== 'document') return undefined
    const { match } = leaf
    return ofIndex(() => {
      const texts = this.candidates(
        match.type === 'pieces' ? { type: 'pattern', pieces: match.pieces.map(longestAscii) } : match,
      )
      return texts.length === this.state.texts ? undefined : this.spansWith(texts, 0)
    })
  }

  private spansWith(texts: Uint32Array, parts: number): SpanBits {
    const found = new SpanBits(this.state.record)
    this.postings.spansOf(texts, parts, found)
    return found
  }

  private common(match: TextMatch): SpanBits | undefined {
    if (match.type !== 'phrase' || match.prefix) return undefined
    const { match: asked, isExact } = askPhrase(match.text, false)
    const word = isExact ? /^"([^ "]+)"$/.exec(asked)?.[1] : undefined
    return word === undefined ? undefined : readCommon(this.db, word, this.state.record)
  }

  /** Numbers of the texts that match, ascending. */
  private textsWith(match: TextMatch): Uint32Array {
    if (match.type === 'phrase') {
      const { match: asked, isExact } = askPhrase(match.text, match.prefix)
      const found = this.ask(asked)
      return isExact ? found : this.verified(found, match)
    }
    const { needles, phrases } = needlesOf(match.type === 'substring' ? match.text : '')
    const [needle] = needles
    // Part of one word: whatever has a word with it has it. Only behind a cut one must look.
    if (match.type === 'substring' && needle?.word === match.text && phrases.length === 0 && this.knowsParts) {
      const terms = this.terms.find(needle)
      if (terms) return merged(this.askAny(terms), this.verified(this.cutTexts(), match))
    }
    return this.verified(this.candidates(match), match)
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

/** An eighth of a megabyte each for a million spans. */
const mostAnswers = 200
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

function all(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i + 1)
}
