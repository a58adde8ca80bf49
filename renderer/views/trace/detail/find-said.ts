import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Span } from '../../../../shared/domain/span.ts'

/** Something the file says in a place of its own, which no field of ours holds. */
export interface Said {
  readonly name: string
  readonly value: string
  /** Where it stands: `gen_ai.openai.response.system_fingerprint`, `response.system_fingerprint`. */
  readonly from: string
}

const wanted: readonly (readonly [key: RegExp, name: string])[] = [
  [/(?:^|[._])system_?fingerprint$/i, 'fingerprint'],
  [/(?:^|[._])service_?tier$/i, 'service tier'],
]

/** Objects inside each other, values in all: what is looked at before one gives up. */
const deepest = 5
const mostLooks = 5000

/** Facts about a model's answer that only some providers have: the first place that names each. */
export function findSaid(span: Span): readonly Said[] {
  const found = new Map<string, Said>()
  let looks = 0
  const look = (value: JsonValue, path: string, depth: number): void => {
    const inside = typeof value === 'string' ? parsedBody(value) : value
    if (typeof inside !== 'object' || inside === null || depth > deepest) return
    for (const [key, member] of Object.entries<JsonValue>(inside)) {
      if (looks++ > mostLooks) return
      const from = path === '' ? key : `${path}.${key}`
      const name = wanted.find(([pattern]) => pattern.test(key))?.[1]
      if (name !== undefined && (typeof member === 'string' || typeof member === 'number')) {
        if (!found.has(name) && member !== '') found.set(name, { name, value: String(member), from })
      } else look(member, from, depth + 1)
    }
  }
  look(span.attributes, '', 0)
  return [...found.values()]
}

/** A body that stands in an attribute as JSON; texts that do not name what is wanted are not read. */
function parsedBody(text: string): JsonValue | undefined {
  if (text.length > 200_000 || !/^\s*\{/.test(text) || !/fingerprint|service_?tier/i.test(text)) return undefined
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
