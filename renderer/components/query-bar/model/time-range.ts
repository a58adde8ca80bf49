import type { Value } from '../../../../shared/query/ast.ts'
import { clausesOf, removeClause } from '../../../../shared/query/edit.ts'

/** The ranges the menu offers, as clauses. */
export const timeRanges: readonly { readonly label: string; readonly clause: string }[] = [
  { label: 'Last 15 minutes', clause: 'started:>now-15m' },
  { label: 'Last hour', clause: 'started:>now-1h' },
  { label: 'Last 24 hours', clause: 'started:>now-24h' },
  { label: 'Last 7 days', clause: 'started:>now-7d' },
  { label: 'Last 30 days', clause: 'started:>now-30d' },
  { label: 'Today', clause: 'started:today' },
  { label: 'Yesterday', clause: 'started:yesterday' },
]

/** Puts a time in the place of the one the text has; undefined takes it out. The rest stays as it was written. */
export function withTime(text: string, clause: string | undefined): string {
  const old = startClauses(text)
  const [first] = old
  if (clause !== undefined && first && old.length === 1) {
    return text.slice(0, first.at.from) + clause + text.slice(first.at.to)
  }
  const rest = old
    .toReversed()
    .reduce((left, { at }) => removeClause(left, at), text)
    .trim()
  if (clause === undefined) return rest
  // An OR would take the time for its last branch only.
  const isOr = clausesOf(rest)[0]?.node.type === 'or'
  return rest === '' ? clause : `${isOr ? `(${rest})` : rest} ${clause}`
}

/** What the text says about time, for the button; undefined says nothing. */
export function timeOf(text: string): string | undefined {
  const clauses = startClauses(text)
  const [only] = clauses
  if (!only) return undefined
  const known = timeRanges.find(({ clause }) => clause === only.text)
  if (clauses.length > 1) return 'several times'
  return known?.label ?? only.text.slice(only.text.indexOf(':') + 1).replaceAll('T', ' ')
}

/** Both ends included, to the minute; the end may be left open. */
export function betweenClause(from: string, to: string): string {
  return `started:${from}..${to}`
}

/** The ends of the range the text has, for the fields where they are typed. */
export function endsOf(text: string): { readonly from: string; readonly to: string } {
  const node = startClauses(text)[0]?.node
  const value: Value | undefined = node?.type === 'term' ? node.values[0] : undefined
  if (value?.type !== 'range') return { from: '', to: '' }
  return { from: toMinute(value.from?.text, '00:00'), to: toMinute(value.to?.text, '23:59') }
}

/** As a field for date and time takes it; empty for what is none. */
function toMinute(written: string | undefined, time: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?)?$/.exec(written ?? '')
  return found ? `${found[1]}T${found[2] ?? time}` : ''
}

function startClauses(text: string) {
  return clausesOf(text).filter(({ node }) => node.type === 'term' && node.field.id === 'started')
}
