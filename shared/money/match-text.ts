import type { MatchLogic } from './match.ts'

/** `gpt-4o*`, `*-mini`, `*haiku*`, `ft:*:acme`: stars stand for anything. Undefined where nothing is written. */
export function readMatchText(text: string): MatchLogic | undefined {
  const written = text.trim()
  if (written === '') return undefined
  const parts = written.split('*')
  const [first = '', last = ''] = [parts[0], parts.at(-1)]
  if (parts.length === 1) return { equals: written }
  const conditions: MatchLogic[] = [
    ...(first === '' ? [] : [{ starts_with: first }]),
    ...parts.slice(1, -1).flatMap(part => (part === '' ? [] : [{ contains: part }])),
    ...(last === '' ? [] : [{ ends_with: last }]),
  ]
  const [only, another] = conditions
  if (!only) return { starts_with: '' }
  return another ? { and: conditions } : only
}

/** The same the other way; undefined for what stars cannot say: such a match is written as JSON. */
export function printMatchText(match: MatchLogic): string | undefined {
  const texts = 'and' in match ? match.and : [match]
  let text = ''
  for (const [i, one] of texts.entries()) {
    const isLast = i === texts.length - 1
    if ('equals' in one && texts.length === 1) text = one.equals
    else if ('starts_with' in one && i === 0) text = `${one.starts_with}*`
    else if ('contains' in one) text += `${text.endsWith('*') ? '' : '*'}${one.contains}*`
    else if ('ends_with' in one && isLast) text += `${text.endsWith('*') ? '' : '*'}${one.ends_with}`
    else return undefined
  }
  const again = readMatchText(text)
  return again !== undefined && JSON.stringify(again) === JSON.stringify(match) ? text : undefined
}
