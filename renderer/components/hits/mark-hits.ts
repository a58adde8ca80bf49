import type { Place } from '../../../shared/query/ast.ts'
import { createStore } from '../../state/store.ts'

// Hits are painted by the browser over the text that is there (CSS custom highlights): the page's elements stay as they are,
// and a text from a trace stays a text.

type Hits = readonly (readonly Range[])[]

/** The hits that are on the page, a list for each text that has some. */
export const markedHits = createStore<Hits>([])

const names = { all: 'hit', now: 'hit-now' } as const

function highlight(name: string): Highlight | undefined {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return undefined
  const known = CSS.highlights.get(name)
  if (known) return known
  const made = new Highlight()
  made.priority = name === names.now ? 1 : 0
  CSS.highlights.set(name, made)
  return made
}

/** Marks these places of an element's text; the answer takes the marks away. */
export function markHits(element: Element, places: readonly Place[]): () => void {
  const ranges = rangesOf(element, places)
  if (ranges.length === 0) return () => {}
  const all = highlight(names.all)
  for (const range of ranges) all?.add(range)
  markedHits.update(marked => [...marked, ranges])
  return () => {
    for (const range of ranges) all?.delete(range)
    markedHits.update(marked => marked.filter(one => one !== ranges))
  }
}

/** All of them in reading order. */
export function inReadingOrder(marked: Hits): Range[] {
  return marked.flat().toSorted((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b))
}

/** The hit the reader is at. */
export const hitNow = createStore<Range | undefined>(undefined)

/** Shows which of them the reader is at; undefined: none. */
export function markNow(range: Range | undefined): void {
  hitNow.set(range)
  const now = highlight(names.now)
  now?.clear()
  if (range) now?.add(range)
}

/** Places count characters of the element's whole text, whatever elements it stands in. */
export function rangesOf(element: Element, places: readonly Place[]): Range[] {
  const ranges: Range[] = []
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  let node = walker.nextNode()
  let begins = 0
  for (const { from, to } of places) {
    const range = document.createRange()
    while (node && begins + node.nodeValue!.length <= from) {
      begins += node.nodeValue!.length
      node = walker.nextNode()
    }
    if (!node) break
    range.setStart(node, from - begins)
    while (node && begins + node.nodeValue!.length < to) {
      begins += node.nodeValue!.length
      node = walker.nextNode()
    }
    if (!node) break
    range.setEnd(node, to - begins)
    ranges.push(range)
  }
  return ranges
}
