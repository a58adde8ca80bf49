import type { Place } from './ast.ts'
import { foldPlaces } from './fold-places.ts'
import { parseQuery } from './parse.ts'
import type { Condition } from './plan.ts'
import { compileRegex } from './regex/compile.ts'
import { resolveQuery } from './resolve.ts'
import { fitsRun, standsAt, wordsOf, type TextMatch } from './text-match.ts'
import type { ContentField, SpanText } from './texts.ts'

// Where in a text that is shown the clauses of a query match: what a view highlights. The same rules as the search.

/** A text clause of a query: what is looked for, and in which part of a span. */
export interface TextClause {
  readonly part: ContentField | 'any'
  readonly match: TextMatch
}

/**
 * The places of a text that a query's clauses match, in order and apart from each other. `fields` says what the text is
 * (`textsOf`); without it every clause counts.
 */
export type HitFinder = (text: string, fields?: SpanText['fields']) => Place[]

/** Nobody looks at more in one text. */
const mostHits = 1000
/** A regex costs more here than in a search: what stands further on is not marked. */
const longestForRegex = 1 << 18

/** What a query wants to see in a text; clauses about spans around it too, excluded ones not. */
export function textClauses(condition: Condition | undefined): TextClause[] {
  if (!condition || condition.type === 'not') return []
  if (condition.type === 'leaf') return condition.leaf.type === 'text' ? [condition.leaf] : []
  if (condition.type === 'scope') return textClauses(condition.of)
  return condition.of.flatMap(textClauses)
}

/** Whether a query asks for texts: then what it finds can be sorted by relevance. */
export function asksForTexts(query: string): boolean {
  const parsed = parseQuery(query)
  return parsed.ok && textClauses(resolveQuery(parsed.query, { now: 0n, zone: 'UTC' })).length > 0
}

export function hitFinder(clauses: readonly TextClause[]): HitFinder {
  const finders = clauses.map(({ part, match }) => ({ part, isRaw: match.type === 'regex', find: placeFinder(match) }))
  return (text, fields) => {
    const asked = finders.filter(({ part }) => part === 'any' || fields === undefined || fields.includes(part))
    if (asked.length === 0 || text === '') return []
    const hits = asked.filter(({ isRaw }) => isRaw).flatMap(({ find }) => find(text))
    if (asked.some(({ isRaw }) => !isRaw)) {
      const folded = foldPlaces(text)
      for (const { isRaw, find } of asked) {
        if (isRaw) continue
        for (const { from, to } of find(folded.text)) hits.push({ from: folded.begin(from), to: folded.end(to) })
      }
    }
    return merged(hits)
  }
}

/** Where a match stands: one place after another, at most so many. Folded text for all but a regex. */
function placeFinder(match: TextMatch): (text: string) => Place[] {
  if (match.type === 'regex') return regexPlaces(match.source, match.ignoreCase)
  if (match.type === 'pattern') return text => patternPlaces(text, match.pieces)
  if (match.type === 'substring') return text => each(text, match.text, from => from + match.text.length)
  const words = wordsOf(match.text)
  const first = words[0]!.text
  return text => each(text, first, from => standsAt(text, from, words, match.prefix))
}

/** Every place where `first` stands and `endOf` finds an end. */
function each(text: string, first: string, endOf: (from: number) => number): Place[] {
  const places: Place[] = []
  if (first === '') return places
  for (let from = text.indexOf(first); from >= 0 && places.length < mostHits;) {
    const to = endOf(from)
    if (to > from) places.push({ from, to })
    from = text.indexOf(first, to > from ? to : from + 1)
  }
  return places
}

function patternPlaces(text: string, pieces: readonly string[]): Place[] {
  const places: Place[] = []
  if (!pieces.every(piece => text.includes(piece))) return places
  for (const { 0: run, index } of text.matchAll(/\S+/gu)) {
    const found = fitsRun(run, pieces)
    if (found && found.to > found.from) places.push({ from: index + found.from, to: index + found.to })
    if (places.length >= mostHits) break
  }
  return places
}

function regexPlaces(source: string, ignoreCase: boolean): (text: string) => Place[] {
  const compiled = compileRegex(source, ignoreCase)
  if (!compiled.ok) return () => []
  const { regex } = compiled
  return whole => {
    if (!regex.test(whole)) return []
    const text = whole.slice(0, longestForRegex)
    const places: Place[] = []
    for (let from = 0; from <= text.length && places.length < mostHits;) {
      const found = regex.find(text, from)
      if (!found) break
      if (found.to > found.from) places.push(found)
      from = found.to > found.from ? found.to : found.to + 1
    }
    return places
  }
}

function merged(hits: Place[]): Place[] {
  const inOrder: { from: number; to: number }[] = []
  for (const { from, to } of hits.sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = inOrder.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else if (inOrder.length < mostHits) inOrder.push({ from, to })
  }
  return inOrder
}
