import { readParts } from '../../../shared/conventions/parts.ts'
import type { JsonValue } from '../../../shared/domain/json.ts'
import type { Part } from '../../../shared/domain/message.ts'

/** The texts, images and files of a tool's result, where it is a list of nothing else. */
export function resultParts(value: JsonValue): readonly Part[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > 1000) return undefined
  if (!value.every((item: JsonValue) => typeof item === 'object' && item !== null && typeIn(item) !== undefined)) {
    return undefined
  }
  const parts = readParts(value)
  return parts.every(({ type }) => type === 'text' || type === 'media') ? parts : undefined
}

function typeIn(item: JsonValue & object): string | undefined {
  const type = Object.hasOwn(item, 'type') ? (item as { readonly type?: unknown }).type : undefined
  return typeof type === 'string' ? type : undefined
}
