import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { jsonChanges } from '../../../../shared/diff/json-changes.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'

interface Call {
  readonly name: string
  readonly arguments: JsonValue
}

/** Whether the same tools are called, in this order, and with the same arguments. Nothing where neither calls any. */
export function toolWords(was: Span, is: Span): readonly string[] {
  const [before, after] = [callsOf(was), callsOf(is)]
  const words: string[] = []
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [a, b] = [before[i], after[i]]
    if (!b) words.push(`− ${a!.name} is not called now`)
    else if (!a) words.push(`+ ${b.name} is called now`)
    else if (a.name !== b.name) words.push(`≠ ${b.name} is called in place of ${a.name}`)
    else {
      const { changes, more } = jsonChanges(a.arguments, b.arguments)
      const count = changes.length + more
      words.push(
        count === 0
          ? `= ${a.name} with the same arguments`
          : `≠ ${a.name}, ${formatPlural(count, 'change')} in its arguments`,
      )
    }
  }
  return words
}

function callsOf({ outputMessages = [] }: Span): Call[] {
  return outputMessages.flatMap(({ parts }) =>
    parts.flatMap(part => (part.type === 'tool_call' ? [{ name: part.name, arguments: part.arguments ?? null }] : [])),
  )
}
