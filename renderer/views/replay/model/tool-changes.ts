import { parseJson } from '../../../../shared/conventions/json-text.ts'
import { jsonChanges } from '../../../../shared/diff/json-changes.ts'
import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import type { NamedChanges } from '../../../components/diff/Changes.tsx'
import { callsOf, textIn, type Call } from './answer-key.ts'

/** Whether the same tools are called, in this order, and with the same arguments. Nothing where neither calls any. */
export function toolWords(was: Span, is: Span): readonly string[] {
  return pairs(was, is).map(([a, b]) => {
    if (!b) return `− ${a!.name} is not called now`
    if (!a) return `+ ${b.name} is called now`
    if (a.name !== b.name) return `≠ ${b.name} is called in place of ${a.name}`
    const { changes, more } = jsonChanges(a.arguments, b.arguments)
    const count = changes.length + more
    return count === 0
      ? `= ${a.name} with the same arguments`
      : `≠ ${a.name}, ${formatPlural(count, 'change')} in its arguments`
  })
}

/** What differs in arguments of the same tool, and in answers that are JSON, by path. */
export function valueChanges(was: Span, is: Span): readonly NamedChanges[] {
  const answers = [jsonIn(was), jsonIn(is)] as const
  const inAnswer = answers.every(answer => answer !== undefined) ? [['answer', ...answers] as const] : []
  const inCalls = pairs(was, is).flatMap(([a, b], i) =>
    a && b && a.name === b.name
      ? [[`arguments of ${a.name}${i > 0 ? ` (${i + 1}.)` : ''}`, a.arguments, b.arguments] as const]
      : [],
  )
  return [...inAnswer, ...inCalls].flatMap(([part, before, after]) => {
    const { changes, more } = jsonChanges(before, after)
    return changes.length === 0 ? [] : [{ part, changes, more }]
  })
}

function pairs(was: Span, is: Span): readonly (readonly [Call | undefined, Call | undefined])[] {
  const [before, after] = [callsOf(was), callsOf(is)]
  return Array.from({ length: Math.max(before.length, after.length) }, (_, i) => [before[i], after[i]] as const)
}

/** An answer that is a structure: a text of JSON, in a fence or not. */
function jsonIn(span: Span): JsonValue | undefined {
  const text = textIn(span).trim()
  return parseJson(/^```(?:json)?\n([\s\S]*?)\n```$/.exec(text)?.[1] ?? text)
}
