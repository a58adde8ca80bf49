// Attributes that flatten structures into names: `llm.input_messages.0.message.tool_calls.1.tool_call.id`.

import type { JsonValue } from '../domain/json.ts'
import type { Attributes, AttributeValue } from '../domain/raw-span.ts'
import { asJson, asLabel, asStructure, asText, emptyObject, isDeferred } from './values.ts'

/** A list may skip this many places between two elements, and reach this index; past either it is no list. */
const widestGap = 64
const highestIndex = 10_000
/** More segments than any dialect has. */
const deepestName = 32

const refused = new Set(['__proto__', 'constructor', 'prototype'])
const digits = /^\d{1,6}$/

/** A place in the tree: a value, places below it, or both (`content` beside `content.0`). */
export class Place {
  value: AttributeValue | undefined
  private below: Map<string, Place> | undefined

  at(...path: string[]): Place | undefined {
    return path.reduce<Place | undefined>((place, segment) => place?.below?.get(segment), this)
  }

  private reach(path: readonly string[]): Place {
    return path.reduce<Place>((place, segment) => place.child(segment), this)
  }

  private child(segment: string): Place {
    this.below ??= new Map()
    let child = this.below.get(segment)
    if (!child) this.below.set(segment, (child = new Place()))
    return child
  }

  text(...path: string[]): string | undefined {
    return asText(this.at(...path)?.value)
  }

  label(...path: string[]): string | undefined {
    return asLabel(this.at(...path)?.value)
  }

  /**
   * The elements in the order of their numbers: 2 before 10, and places may be missing. Empty where the numbers are no
   * list (an index past 10,000, or a gap wider than 64): those stay plain attributes.
   */
  list(...path: string[]): readonly Place[] {
    const below = this.at(...path)?.below
    if (!below) return []
    const numbered: [number, Place][] = []
    for (const [segment, place] of below) if (digits.test(segment)) numbered.push([Number(segment), place])
    numbered.sort((a, b) => a[0] - b[0])
    let before = -1
    for (const [index] of numbered) {
      if (index > highestIndex || index - before > widestGap) return []
      before = index
    }
    return numbered.map(([, place]) => place)
  }

  /** What stands here as JSON: JSON text is read, places below become an object or a list. */
  json(...path: string[]): JsonValue | undefined {
    const place = this.at(...path)
    return place && (place.value === undefined ? place.structure() : asJson(place.value))
  }

  private structure(): JsonValue | undefined {
    if (!this.below) return undefined
    const list = this.list()
    if (list.length === this.below.size) return list.map(place => place.json() ?? null)
    const object = emptyObject()
    for (const [name, place] of this.below) object[name] = place.json() ?? null
    return object
  }

  put(path: readonly string[], value: AttributeValue): Place {
    const place = this.reach(path)
    place.value = value
    return place
  }

  /** Spreads a structure over places, so that `[{"message.role": "user"}]` reads like its flattened twin. */
  spread(value: JsonValue, levels = deepestName): void {
    if (levels === 0 || typeof value !== 'object' || value === null) return
    for (const [name, item] of Object.entries(value)) {
      const path = segments(name)
      // The value is kept beside its spread: a leaf such as metadata is read as the structure it was.
      if (path) this.put(path, item).spread(item, levels - 1)
    }
  }
}

/**
 * All attributes under these roots as one tree. A root whose value is itself a list or an object (or spells one) is
 * spread: Phoenix's own exports nest where the wire flattens.
 */
export function unflatten(attributes: Attributes, roots: readonly string[]): Place {
  const tree = new Place()
  for (const [name, value] of Object.entries(attributes)) {
    const root = roots.find(start => name === start || (name.startsWith(start) && name[start.length] === '.'))
    if (root === undefined) continue
    const path = segments(name)
    if (!path) continue
    const place = tree.put(path, value)
    // Texts are taken apart at the root only: further down a JSON text is somebody's message.
    if (name !== root && (typeof value !== 'object' || isDeferred(value))) continue
    const structure = asStructure(value)
    if (structure !== undefined) place.spread(structure)
  }
  return tree
}

function segments(name: string): string[] | undefined {
  const path = name.split('.')
  return path.length > deepestName || path.some(segment => refused.has(segment)) ? undefined : path
}
