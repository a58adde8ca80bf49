// Inspect moves long texts of a sample's events to its `attachments` and leaves `attachment://<hash>` (once `tc://<hash>`).

import { rawNumber } from '../numbers.ts'
import { isObject, type Fields } from './values.ts'

const pointer = /^(?:attachment|tc):\/\/(.+)$/

/** Puts texts that stand under `attachments` back where they were. */
export function resolve(value: unknown, texts: Fields): unknown {
  if (typeof value === 'string') {
    const found = value.length < 80 ? pointer.exec(value) : null
    return found && Object.hasOwn(texts, found[1]!) ? texts[found[1]!] : value
  }
  if (Array.isArray(value)) return value.map(item => resolve(item, texts))
  if (!isObject(value) || rawNumber(value) !== undefined) return value
  const resolved = Object.create(null) as Record<string, unknown>
  for (const key of Object.keys(value)) resolved[key] = resolve(value[key], texts)
  return resolved
}

/** The texts of `attachments` that a part of the sample names. */
export function attachmentsIn(value: unknown, all: Fields, found: Record<string, unknown>): void {
  if (typeof value === 'string') {
    const id = value.length < 80 ? pointer.exec(value)?.[1] : undefined
    if (id !== undefined && Object.hasOwn(all, id)) found[id] = all[id]
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) attachmentsIn(item, all, found)
  }
}
