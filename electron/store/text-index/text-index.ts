import type Database from 'better-sqlite3'
import type { Searched } from '../../../shared/contract/search.ts'
import type { Leaf } from '../../../shared/query/plan.ts'
import { compileRegex } from '../../../shared/query/regex/compile.ts'
import type { TextMatch } from '../../../shared/query/text-match.ts'
import type { IndexState } from './identity.ts'
import { KnownWords } from './common.ts'
import { ofIndex } from './damage.ts'
import { IndexedTexts } from './indexed-texts.ts'
import { inBoth, merged, readNumbers } from './numbers.ts'
import type { Store } from '../open.ts'
import { Recent } from '../recent.ts'
import { PostingReader } from './posting-reader.ts'
import { partBits } from './postings.ts'
import { SaidAnswers } from './said-answers.ts'
import { readSaid } from './said-columns.ts'
import { SpanBits } from './span-bits.ts'
import { TermFinder } from './term-finder.ts'
import { againWeight, weightOfTexts } from './text-weights.ts'
import { Verdicts } from './verdicts.ts'
import { askPhrase, needlesOf } from './words.ts'

export type TextLeaf = Extract<Leaf, { type: 'text' }>

/** What is known of a clause. */
export interface FoundSpans {
  readonly spans: SpanBits
  /** How far the looking is; absent where `spans` is all. */
  readonly searched?: Searched
}

interface FoundTexts {
  readonly texts: Uint32Array
  readonly searched?: Searched
}

/**
 * The index of a store as whoever searches sees it: which spans up to `state.record` hold a text. Every answer is the one
 * that reading those spans gives: what words alone do not settle is looked at text by text. Words are looked up one by one: for
 * each text it finds, FTS5 compares all words of an OR.
 */
export class TextIndex {
  readonly state: IndexState
  private readonly db: Database.Database
  private readonly postings: PostingReader
  private readonly texts: IndexedTexts
  private readonly terms: TermFinder
  private readonly matching: Database.Statement<[string], Buffer | null>
  private readonly answers = new Recent<SpanBits>(mostAnswers)
  private readonly narrowed = new Recent<Uint32Array>(mostNarrowed)
  private readonly verdicts: Recent<Verdicts>
  private cut: Uint32Array | undefined
  private common: KnownWords | undefined
  private saidAnswers: SaidAnswers | undefined

  /** For use within transactions in which the index is in this state; `before` is the same index in an earlier one. */
  constructor(db: Database.Database, store: Store, state: IndexState, before?: TextIndex) {
    this.db = db
    this.state = state
    before?.postings.renew()
    this.postings = before?.postings ?? new PostingReader(db)
    this.texts = before?.texts ?? new IndexedTexts(db, store)
    this.verdicts = before?.verdicts ?? new Recent(mostVerdicts)
    this.terms = new TermFinder(db)
    // One text of all numbers: a row each takes three times as long.
    this.matching = db
      .prepare<[string], Buffer | null>('SELECT CAST(group_concat(rowid) AS BLOB) FROM words WHERE words MATCH ?')
      .pluck()
  }

  /** Reads a piece of what questions will look up; false where nothing is left. Throws `DamagedIndexError`. */
  readAhead(): boolean {
    return ofIndex(() => this.postings.readAhead(this.state.texts))
  }

  /** What records say that no text is. Throws `DamagedIndexError`. */
  get said(): SaidAnswers {
    return (this.saidAnswers ??= new SaidAnswers(ofIndex(() => readSaid(this.db, this.state.record))))
  }

  /**
   * Spans that hold such a text; where texts must be looked at, those found until that time (`performance.now`). Throws
   * `DamagedIndexError`.
   */
  spansOf({ match, part }: TextLeaf, until = Number.POSITIVE_INFINITY): FoundSpans {
    const key = JSON.stringify([match, part])
    const known = this.answers.known(key)
    if (known) return { spans: known }
    const spans = new SpanBits(this.state.record)
    const searched = ofIndex(() => this.addSpans(match, part === 'any' ? 0 : partBits([part]), spans, until))
    if (searched) return { spans, searched }
    return { spans: this.answers.get(key, () => spans) }
  }

  /**
   * Adds to each span what it has to say about a clause: more where the clause is rare, where a text is mostly about it, and
   * where that text was said first. `scores` is by ids of spans; texts are looked at until that time, as in `spansOf`.
   */
  addScores({ match, part }: TextLeaf, scores: Float32Array, until: number): void {
    ofIndex(() => {
      const { texts } = this.textsOf(match, until)
      const parts = part === 'any' ? 0 : partBits([part])
      const best = new Float32Array(scores.length)
      const weigh = weightOfTexts(this.state.texts, texts.length, this.texts.lengths())
      let before = 0
      this.postings.each(texts, parts, (text, spans, count) => {
        const weight = weigh(text)
        for (let i = 0; i < count; i++) {
          const said = i === 0 && text !== before ? weight : weight * againWeight
          if (said > best[spans[i]!]!) best[spans[i]!] = said
        }
        if (count > 0) before = text
      })
      for (let span = 0; span < scores.length; span++) scores[span]! += best[span]!
    })
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
      if (texts.length === this.state.texts) return undefined
      const spans = new SpanBits(this.state.record)
      this.postings.spansOf(texts, 0, spans)
      return spans
    })
  }

  /** Adds the spans of texts that match. Answers how far it came, where that is not to the end. */
  private addSpans(match: TextMatch, parts: number, spans: SpanBits, until: number): Searched | undefined {
    const { texts, searched } = this.textsOf(match, until, word => this.addCommon(word, parts, spans))
    this.postings.spansOf(texts, parts, spans)
    return searched
  }

  /** Numbers of the texts that match, ascending. Words that `isDone` need not be looked up. */
  private textsOf(match: TextMatch, until: number, isDone: (word: string) => boolean = () => false): FoundTexts {
    if (match.type === 'phrase') {
      const { match: asked, isExact } = askPhrase(match.text, match.prefix)
      if (!isExact) return this.looked(this.ask(asked), match, until)
      const word = /^"([^ "]+)"$/.exec(asked)?.[1]
      return { texts: word !== undefined && isDone(word) ? new Uint32Array() : this.ask(asked) }
    }
    const { needles, phrases } = needlesOf(match.type === 'substring' ? match.text : '')
    const [needle] = needles
    // Part of one word: whatever has a word with it has it. Only behind a cut one must look.
    if (match.type === 'substring' && needle?.word === match.text && phrases.length === 0) {
      const terms = this.terms.find(needle)
      if (terms) {
        const { texts, searched } = this.looked(this.cutTexts(), match, until)
        const all = merged(this.askAny(terms.filter(term => !isDone(term))), texts)
        return { texts: all, ...(searched ? { searched } : {}) }
      }
    }
    return this.looked(this.candidates(match), match, until)
  }

  /** Those of these texts of which looking at them says that they match. */
  private looked(texts: Uint32Array, match: TextMatch, until: number): FoundTexts {
    if (texts.length === 0) return { texts }
    const verdicts = this.verdicts.get(JSON.stringify(match), () => new Verdicts(match))
    const done = verdicts.look(texts, number => this.texts.read(number), until)
    const found = verdicts.matching(texts)
    return done < texts.length ? { texts: found, searched: { done, all: texts.length } } : { texts: found }
  }

  /** Adds the spans of a word where they are known by heart. */
  private addCommon(word: string, parts: number, spans: SpanBits): boolean {
    if (parts !== 0 || this.state.common !== this.state.generation) return false
    this.common ??= new KnownWords(this.db)
    return this.common.add(word, spans)
  }

  /** Texts that may match what is not whole words; all where nothing narrows them down. */
  private candidates(match: Exclude<TextMatch, { type: 'phrase' }>): Uint32Array {
    return this.narrowed.get(JSON.stringify(match), () => this.narrow(match))
  }

  private narrow(match: Exclude<TextMatch, { type: 'phrase' }>): Uint32Array {
    const pieces =
      match.type === 'pattern' ? match.pieces : [match.type === 'substring' ? match.text : requiredOf(match)]
    let found: Uint32Array | undefined
    for (const piece of pieces) {
      const { needles, phrases } = needlesOf(piece)
      const sets = [
        ...phrases.map(phrase => this.ask(phrase)),
        ...needles.flatMap(needle => {
          const terms = this.terms.find(needle)
          return terms ? [this.askAny(terms)] : []
        }),
      ]
      for (const set of sets) found = found ? inBoth(found, set) : set
    }
    // In a word that was cut the piece may stand behind the cut.
    return found ? merged(found, this.cutTexts()) : all(this.state.texts)
  }

  private cutTexts(): Uint32Array {
    return (this.cut ??= Uint32Array.from(
      this.db.prepare<[], number>('SELECT text FROM cut ORDER BY text').pluck().all(),
    ))
  }

  /** Word by word: FTS5 compares all words of an OR for every text it finds. */
  private askAny(terms: readonly string[]): Uint32Array {
    const [first] = terms
    if (first === undefined) return new Uint32Array()
    if (terms.length === 1) return this.ask(`"${first}"`)
    const found = new SpanBits(this.state.texts)
    for (const term of terms) for (const text of this.ask(`"${term}"`)) found.add(text)
    return found.list()
  }

  private ask(match: string): Uint32Array {
    return readNumbers(this.matching.get(match) ?? null)
  }
}

/** An eighth of a megabyte each for a million spans. */
const mostAnswers = 200
/** Questions whose texts are looked at: a byte and four for each text. */
const mostVerdicts = 48
const mostNarrowed = 8

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
