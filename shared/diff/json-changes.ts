import { diffArrays } from 'diff'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import { keyOfJson } from './json-text.ts'

/** A key, or the place of a thing in a list (from 0); of a thing that has a name, the name. */
export type Step = string | number

export interface JsonChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly path: readonly Step[]
  readonly before?: JsonValue
  readonly after?: JsonValue
}

export interface JsonChanges {
  /** In the order of the later value, what is gone where it stood before. */
  readonly changes: readonly JsonChange[]
  /** Further ones that are not listed. */
  readonly more: number
}

/** Levels below which a value is compared whole: nothing that people write goes so deep, and a stack ends. */
const deepest = 60
/** Changes that are listed. */
const most = 1000
/** Changed things of a list past which its things are compared place by place. */
const mostEdits = 2000

/** What stands between two values; undefined is not there at all. */
export function jsonChanges(before: JsonValue | undefined, after: JsonValue | undefined): JsonChanges {
  const changes: JsonChange[] = []
  let more = 0
  const say = (change: JsonChange): void => {
    if (changes.length < most) changes.push(change)
    else more += 1
  }
  compare(before, after, [], say)
  return { changes, more }
}

type Say = (change: JsonChange) => void

function compare(before: JsonValue | undefined, after: JsonValue | undefined, path: readonly Step[], say: Say): void {
  if (before === undefined && after === undefined) return
  if (before === undefined) return say({ kind: 'added', path, after: after! })
  if (after === undefined) return say({ kind: 'removed', path, before })
  if (before === after) return
  if (path.length < deepest && isObject(before) && isObject(after)) return compareKeys(before, after, path, say)
  if (path.length < deepest && Array.isArray(before) && Array.isArray(after)) {
    return compareLists(before as readonly JsonValue[], after as readonly JsonValue[], path, say)
  }
  if (keyOfJson(before) !== keyOfJson(after)) say({ kind: 'changed', path, before, after })
}

function compareKeys(before: JsonObject, after: JsonObject, path: readonly Step[], say: Say): void {
  for (const key of merged(Object.keys(before), Object.keys(after))) {
    compare(own(before, key), own(after, key), [...path, key], say)
  }
}

function compareLists(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  path: readonly Step[],
  say: Say,
): void {
  const had = byName(before)
  const has = byName(after)
  if (had && has) {
    for (const name of merged([...had.keys()], [...has.keys()])) {
      compare(had.get(name), has.get(name), [...path, name], say)
    }
    return
  }
  const a = before.map(keyOfJson)
  const b = after.map(keyOfJson)
  // `required` and `enum` of a schema are sets.
  const isSet = path.at(-1) === 'required' || path.at(-1) === 'enum'
  if (isSet && isDistinct(a) && isDistinct(b)) {
    for (const [i, one] of before.entries()) if (!b.includes(a[i]!)) say({ kind: 'removed', path, before: one })
    for (const [i, one] of after.entries()) if (!a.includes(b[i]!)) say({ kind: 'added', path, after: one })
    return
  }
  const steps = diffArrays(a, b, { maxEditLength: mostEdits })
  if (!steps) {
    for (let i = 0; i < Math.max(a.length, b.length); i++) compare(before[i], after[i], [...path, i], say)
    return
  }
  let i = 0
  let j = 0
  for (const [at, step] of steps.entries()) {
    if (step.removed) {
      // What was taken out and put in at one place was changed there, as far as there is as much of both.
      const next = steps[at + 1]
      const both = next?.added ? Math.min(step.count, next.count) : 0
      for (let n = 0; n < both; n++) compare(before[i + n], after[j + n], [...path, j + n], say)
      for (let n = both; n < step.count; n++) say({ kind: 'removed', path: [...path, i + n], before: before[i + n]! })
      if (next?.added) for (let n = both; n < next.count; n++) added(j + n)
      i += step.count
      j += next?.added ? next.count : 0
    } else if (step.added) {
      if (steps[at - 1]?.removed) continue
      for (let n = 0; n < step.count; n++) added(j + n)
      j += step.count
    } else {
      i += step.count
      j += step.count
    }
  }
  function added(place: number): void {
    say({ kind: 'added', path: [...path, place], after: after[place]! })
  }
}

/** Things of a list by their names, where each has one of its own. */
function byName(list: readonly JsonValue[]): Map<string, JsonValue> | undefined {
  const named = new Map<string, JsonValue>()
  for (const one of list) {
    if (!isObject(one)) return undefined
    const inner = own(one, 'function')
    const name = own(one, 'name') ?? (isObject(inner) ? own(inner, 'name') : undefined) ?? own(one, 'id')
    if (typeof name !== 'string' || named.has(name)) return undefined
    named.set(name, one)
  }
  return named
}

/** Names of both, those of the second in its order and the others where they stood. */
function merged(before: readonly string[], after: readonly string[]): readonly string[] {
  const has = new Set(after)
  const had = new Set(before)
  const list: string[] = []
  let at = 0
  for (const name of after) {
    if (had.has(name)) {
      for (; at < before.length && before[at] !== name; at++) if (!has.has(before[at]!)) list.push(before[at]!)
      if (before[at] === name) at++
    }
    list.push(name)
  }
  const listed = new Set(list)
  return [...list, ...before.filter(name => !listed.has(name))]
}

function isDistinct(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
