import { useLayoutEffect, useRef } from 'react'

/** Steps back that are remembered. */
const most = 200

interface Steps {
  text: string
  readonly before: string[]
  readonly after: string[]
  /** How the text came to be: a run of letters, or of deletions, is one step. */
  by: 'adding' | 'removing' | 'leap'
}

/**
 * What stood in a field before. The page changes the text too (a click on a facet, a stretch of the histogram), which a
 * browser's own undo does not know: it would put the old letters in the wrong places.
 */
export function useTextUndo(text: string) {
  const steps = useRef<Steps>({ text, before: [], after: [], by: 'leap' })
  useLayoutEffect(() => {
    const now = steps.current
    if (text === now.text) return
    const by = changeOf(now.text, text)
    if (by === 'leap' || by !== now.by) {
      now.before.push(now.text)
      if (now.before.length > most) now.before.shift()
    }
    now.by = by
    now.after.length = 0
    now.text = text
  }, [text])
  const go = (from: string[], to: string[]): string | undefined => {
    const now = steps.current
    const found = from.pop()
    if (found === undefined) return undefined
    to.push(now.text)
    now.text = found
    now.by = 'leap'
    return found
  }
  return {
    undo: () => go(steps.current.before, steps.current.after),
    redo: () => go(steps.current.after, steps.current.before),
  }
}

/** A letter more or less at one place goes on with the run; a space begins a new one. */
function changeOf(before: string, after: string): Steps['by'] {
  const [short, long] = before.length < after.length ? [before, after] : [after, before]
  if (long.length - short.length !== 1) return 'leap'
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (/\s/.test(long[at]!) || short.slice(at) !== long.slice(at + 1)) return 'leap'
  return short === before ? 'adding' : 'removing'
}
