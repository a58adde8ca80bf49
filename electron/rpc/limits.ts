/** A question is small: the largest holds ten thousand paths. */
export const questionLimits = { depth: 16, characters: 8 << 20, values: 200_000 } as const

/**
 * Whether a payload from a page stays under the limits. Walks with a stack of its own: 300 levels, or a million, must
 * cost us nothing (structured clone and `JSON.stringify` overflow the call stack at about 100,000).
 */
export function isSmall(payload: unknown, limits: typeof questionLimits = questionLimits): boolean {
  let characters = 0
  let values = 0
  const stack: { value: unknown; depth: number }[] = [{ value: payload, depth: 0 }]
  for (let item = stack.pop(); item; item = stack.pop()) {
    if (++values > limits.values) return false
    const { value, depth } = item
    if (typeof value === 'string') characters += value.length
    else if (typeof value === 'object' && value !== null) {
      if (depth >= limits.depth || !isPlain(value)) return false
      for (const key of Object.keys(value)) {
        characters += key.length
        stack.push({ value: (value as Record<string, unknown>)[key], depth: depth + 1 })
        if (stack.length > limits.values) return false
      }
    }
    if (characters > limits.characters) return false
  }
  return true
}

/** Questions are JSON: no buffers, maps, dates or class instances. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (!Object.hasOwn(value, 'constructor') && isForeignObject(value))
  )
}

/** A plain object of another realm (a vm, a test) has another realm's Object.prototype. */
function isForeignObject(value: object): boolean {
  return (
    Object.prototype.toString.call(value) === '[object Object]' &&
    Object.getPrototypeOf(Object.getPrototypeOf(value)) === null
  )
}
