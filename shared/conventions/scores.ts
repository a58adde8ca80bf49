import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Score } from '../domain/message.ts'
import type { Attributes } from '../domain/raw-span.ts'
import { first } from './parts.ts'
import { asNumber, asObject, isList, isObject, present } from './values.ts'

/** A verdict: a number, a boolean (1 or 0, labelled), a text (a number or a label), or `{score | value, label, explanation}`. */
export function readScore(name: string, value: JsonValue | undefined, source?: string): Score | undefined {
  if (value === undefined || value === null || name === '') return undefined
  if (typeof value === 'boolean') return { name, value: value ? 1 : 0, label: String(value), ...present({ source }) }
  if (typeof value === 'number') return Number.isFinite(value) ? { name, value, ...present({ source }) } : undefined
  if (typeof value === 'string') {
    const number = asNumber(value)
    if (number !== undefined) return { name, value: number, ...present({ source }) }
    return value.trim() === '' ? undefined : { name, label: value, ...present({ source }) }
  }
  return isObject(value) ? readDetailed(name, value, source) : undefined
}

/** `{quality: 0.8, …}` or a list of `{name, score, label, explanation}`. */
export function readScores(value: JsonValue | undefined): Score[] | undefined {
  const scores: Score[] = []
  if (isList(value)) {
    for (const item of value) {
      const name = isObject(item) ? first(item, ['name', 'key', 'metric']) : undefined
      const score = typeof name === 'string' ? readScore(name, item) : undefined
      if (score) scores.push(score)
    }
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      const score = readScore(name, item)
      if (score) scores.push(score)
    }
  }
  return scores.length > 0 ? scores : undefined
}

/** What is said of a span in records of its own comes in as attributes of it: `<prefix><id>`. */
export function scoresUnder(
  prefix: string,
  attributes: Attributes,
  read: (row: JsonObject) => Score | undefined,
): Score[] {
  const scores: Score[] = []
  for (const name in attributes) {
    const row = name.startsWith(prefix) ? asObject(attributes[name]) : undefined
    const score = row && read(row)
    if (score) scores.push(score)
  }
  return scores
}

function readDetailed(name: string, value: JsonObject, source?: string): Score | undefined {
  const verdict = readScore(name, scalar(first(value, ['score', 'value', 'number'])))
  const label = first(value, ['label', 'category', 'passed'])
  const explanation = first(value, ['explanation', 'comment', 'reason', 'reasoning'])
  const from = source ?? first(value, ['annotator_kind', 'source'])
  const fields = present({
    value: verdict?.value,
    label: label === undefined || typeof label === 'object' ? verdict?.label : String(label),
    explanation: typeof explanation === 'string' ? explanation : undefined,
  })
  if (fields === undefined) return undefined
  return { name, ...fields, ...(typeof from === 'string' && from !== '' ? { source: from.toLowerCase() } : {}) }
}

function scalar(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'object' ? undefined : value
}
