import type { JsonValue } from '../domain/json.ts'

/** The same for two values that say the same, whatever the order of their keys. Without recursion: a file may nest as deep as it likes. */
export function keyOfJson(value: JsonValue): string {
  const pieces: string[] = []
  /** What is still to be written, the next on top: values, and texts that are written as they are. */
  const left: ({ readonly text: string } | { readonly value: JsonValue })[] = [{ value }]
  for (let next = left.pop(); next; next = left.pop()) {
    if ('text' in next) {
      pieces.push(next.text)
      continue
    }
    const one = next.value
    if (typeof one !== 'object' || one === null) {
      pieces.push(JSON.stringify(one) ?? 'null')
      continue
    }
    const isList = Array.isArray(one)
    pieces.push(isList ? '[' : '{')
    left.push({ text: isList ? ']' : '}' })
    const keys = isList ? [...one.keys()] : Object.keys(one).toSorted()
    for (const key of keys.toReversed()) {
      left.push({ text: ',' }, { value: (one as Readonly<Record<string | number, JsonValue>>)[key]! })
      if (!isList) left.push({ text: `${JSON.stringify(key)}:` })
    }
  }
  return pieces.join('')
}
