import type { Span } from '../../shared/domain/span.ts'
import type { Store } from '../store/open.ts'
import { generationsOf } from '../store/spans.ts'

/** Generations looked at: the first of a trace is sometimes a title maker or a guardrail without a user's words. */
const looks = 3
const longest = 200
const remembered = 5000

/**
 * What a trace's user said first, cut for a list. Remembered until somebody commits to the store: a list asks for the
 * same hundred rows again and again while it is scrolled.
 */
export function createInputReader(
  store: Store,
  readSpan: (id: number) => Span | undefined,
): (trace: number) => string | null {
  const known = new Map<number, string | null>()
  let version: unknown
  return trace => {
    const now = store.db.pragma('data_version', { simple: true })
    if (now !== version) known.clear()
    version = now
    const before = known.get(trace)
    if (before !== undefined) return before
    let input: string | null = null
    for (const id of generationsOf(store, trace, looks)) input ??= firstUserText(readSpan(id)) ?? null
    if (known.size >= remembered) known.delete(known.keys().next().value ?? trace)
    known.set(trace, input)
    return input
  }
}

function firstUserText(span: Span | undefined): string | undefined {
  for (const { role, parts } of span?.inputMessages ?? []) {
    if (role !== 'user' && role !== 'human') continue
    for (const part of parts) if (part.type === 'text' && part.text.trim() !== '') return cut(part.text)
  }
  return typeof span?.input === 'string' && span.input.trim() !== '' ? cut(span.input) : undefined
}

/** On one line, and never half of a character. */
function cut(text: string): string {
  const line = text
    .slice(0, longest * 4)
    .trim()
    .replace(/\s+/g, ' ')
  return line.length <= longest
    ? line
    : `${line
        .slice(0, longest - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
}
