import { isDeferred } from '../conventions/values.ts'
import type { AttributeValue } from '../domain/raw-span.ts'

/** JSON of a value with the digits of large integers. Values of spans are at most some 200 levels deep. */
export function printAttribute(value: AttributeValue): string {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((item: AttributeValue) => printAttribute(item)).join(',')}]`
  if (isDeferred(value)) return JSON.stringify(value.read())
  const members = Object.entries(value as { readonly [name: string]: AttributeValue })
  return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${printAttribute(item)}`).join(',')}}`
}
