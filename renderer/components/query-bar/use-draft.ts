import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Listed } from '../../../shared/query/echo.ts'
import { announce } from '../../app/announce.ts'
import { readDraft, type Reading } from './model/reading.ts'
import { useLatest } from '../../state/use-latest.ts'

interface Options {
  readonly of: Listed
  /** The query the address has. */
  readonly text: string
  readonly adjust: (text: string) => void
  readonly commit: (text: string) => void
  readonly sorts: readonly string[]
  readonly sortBy: ((sort: string) => void) | undefined
  readonly remember: (text: string) => void
  /** Completions are open: what stands there is probably half a word. */
  readonly choosing: boolean
}

/** Milliseconds without a key before the list is asked. */
const rest = 220
/** The same while completions are offered. */
const longRest = 900
/** Milliseconds before somebody who listens is told of a mistake: most are half a clause. */
const patience = 1200

/**
 * The text in the box and what it means. A good one reaches the address once typing rests; a faulty one never does, so
 * the last good result stays.
 */
export function useDraft({ of, text, adjust, commit, sorts, sortBy, remember, choosing }: Options) {
  const [draft, setDraft] = useState(text)
  // Enter was pressed on a mistake: from now on it is one.
  const [insisted, setInsisted] = useState(false)
  const written = useRef(text)
  useLayoutEffect(() => {
    if (text === written.current) return
    written.current = text
    setDraft(text)
    setInsisted(false)
  }, [text])
  const reading = useMemo<Reading>(() => readDraft(draft, of, sorts), [draft, of, sorts])

  const latest = useLatest({ adjust, reading })
  /** What was typed is done, for now: it is asked for, where it can be read. */
  const settle = useCallback(() => {
    const { adjust: write, reading: now } = latest.current
    if (now.error || !now.isWorthAsking || now.query === written.current) return
    written.current = now.query
    write(now.query)
  }, [latest])
  useEffect(() => {
    if (reading.error || !reading.isWorthAsking || reading.query === written.current) return undefined
    const soon = setTimeout(settle, choosing ? longRest : rest)
    return () => clearTimeout(soon)
  }, [reading, choosing, settle])
  useEffect(() => {
    if (!reading.error) return undefined
    const { message } = reading.error
    const later = setTimeout(() => announce(`The query has a mistake: ${message}`), patience)
    return () => clearTimeout(later)
  }, [reading])

  const type = useCallback((next: string) => {
    setDraft(next)
    setInsisted(false)
  }, [])
  /** Asks for this text now. False when it cannot be read. */
  const run = useCallback(
    (next: string): boolean => {
      const meant = readDraft(next, of, sorts)
      if (meant.error) {
        setDraft(next)
        setInsisted(true)
        announce(`The query has a mistake: ${meant.error.message}`)
        return false
      }
      written.current = meant.query
      setDraft(meant.query)
      commit(meant.query)
      if (meant.sort !== undefined) sortBy?.(meant.sort)
      remember(meant.query)
      return true
    },
    [of, sorts, commit, sortBy, remember],
  )
  return { draft, type, run, settle, reading, insisted }
}
