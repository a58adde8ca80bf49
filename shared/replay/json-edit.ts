// Edits of a JSON text that change nothing but the characters of one value. Digits, escapes, repeated names and white space
// of everything else stay as they are written.

export interface Place {
  readonly start: number
  readonly end: number
}

interface Item extends Place {
  /** Where the comma before it ends, or its list or object opened. */
  readonly gapStart: number
}

interface Member extends Item {
  readonly nameStart: number
  readonly nameEnd: number
}

/** Where the value under these names stands; numbers of lists are names too. Of a name that is there twice the last counts, as in JSON.parse. */
export function valueAt(text: string, path: readonly string[]): Place | undefined {
  let place: Place | undefined = wholeOf(text)
  for (const name of path) {
    if (!place) return undefined
    place = childOf(text, place, name)
  }
  return place
}

/**
 * The text with `value` (JSON) in the place of what stood at the path. What is absent is put behind the last member of its
 * object, in whose style it is written; objects on the way to it are made. Undefined where something on the way is no object,
 * or a list is too short.
 */
export function setValue(text: string, path: readonly string[], value: string): string | undefined {
  const found = valueAt(text, path)
  if (found) return text.slice(0, found.start) + value + text.slice(found.end)
  for (let known = path.length - 1; known >= 0; known--) {
    const parent = valueAt(text, path.slice(0, known))
    if (!parent) continue
    if (text[parent.start] !== '{') return undefined
    const made = path.slice(known + 1).reduceRight((inner, name) => `{${JSON.stringify(name)}: ${inner}}`, value)
    return insertMember(text, parent, path[known]!, made)
  }
  return undefined
}

/**
 * The text without these members, each time they are there, and without the commas between them and their neighbours. Of a
 * list one item is taken out, and those behind it move up.
 */
export function removeValue(text: string, path: readonly string[]): string {
  let left = text
  for (;;) {
    const parent = valueAt(left, path.slice(0, -1))
    if (parent && left[parent.start] === '[') {
      const items = itemsOf(left, parent)
      const at = items.findIndex((_, i) => String(i) === path.at(-1))
      return at < 0 ? left : cut(left, items, at)
    }
    const members = parent && left[parent.start] === '{' ? membersOf(left, parent) : []
    const at = members.findIndex(member => nameOf(left, member) === path.at(-1))
    if (at < 0) return left
    left = cut(left, members, at)
  }
}

/** The first one takes the comma behind it along, any other the one before. */
function cut(text: string, all: readonly Item[], at: number): string {
  const { gapStart, end } = all[at]!
  const next = all[at + 1]
  return at === 0 && next
    ? text.slice(0, gapStart) + text.slice(next.gapStart)
    : text.slice(0, gapStart - (at === 0 ? 0 : 1)) + text.slice(end)
}

/** The names of an object and where its values stand, in order, repeated ones too. Undefined where there is no object. */
export function namesAt(text: string, path: readonly string[]): string[] | undefined {
  const place = valueAt(text, path)
  return place && text[place.start] === '{' ? membersOf(text, place).map(member => nameOf(text, member)) : undefined
}

function insertMember(text: string, object: Place, name: string, value: string): string {
  const members = membersOf(text, object)
  const last = members.at(-1)
  const key = JSON.stringify(name)
  if (!last) return `${text.slice(0, object.start + 1)}${key}: ${value}${text.slice(object.end - 1)}`
  // One member alone shows how the object is written, not how its members are kept apart.
  const gap = text.slice(last.gapStart, last.nameStart)
  const space = members.length === 1 && gap === '' && text[last.nameEnd + 1] === ' ' ? ' ' : gap
  const colon = text.slice(last.nameEnd, last.start)
  return `${text.slice(0, last.end)},${space}${key}${colon}${value}${text.slice(last.end)}`
}

function childOf(text: string, place: Place, name: string): Place | undefined {
  if (text[place.start] === '{') return membersOf(text, place).findLast(member => nameOf(text, member) === name)
  return text[place.start] === '[' && /^\d{1,9}$/.test(name) ? itemsOf(text, place)[Number(name)] : undefined
}

function itemsOf(text: string, list: Place): Item[] {
  const items: Item[] = []
  let gapStart = list.start + 1
  let at = skipSpace(text, gapStart)
  while (at < list.end && text[at] !== ']') {
    const end = skipValue(text, at)
    items.push({ gapStart, start: at, end })
    at = skipSpace(text, end)
    if (text[at] !== ',') break
    gapStart = at + 1
    at = skipSpace(text, gapStart)
  }
  return items
}

function membersOf(text: string, object: Place): Member[] {
  const members: Member[] = []
  let gapStart = object.start + 1
  let at = skipSpace(text, gapStart)
  while (at < object.end && text[at] === '"') {
    const nameStart = at
    const nameEnd = skipValue(text, at)
    const start = skipSpace(text, skipSpace(text, nameEnd) + 1)
    const end = skipValue(text, start)
    members.push({ nameStart, nameEnd, gapStart, start, end })
    at = skipSpace(text, end)
    if (text[at] !== ',') break
    gapStart = at + 1
    at = skipSpace(text, gapStart)
  }
  return members
}

function nameOf(text: string, { nameStart, nameEnd }: Member): string {
  const written = text.slice(nameStart, nameEnd)
  return written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1)
}

/** A text that JSON.parse takes is one value and white space. */
function wholeOf(text: string): Place {
  const start = skipSpace(text, 0)
  return { start, end: skipValue(text, start) }
}

function skipSpace(text: string, from: number): number {
  let at = from
  for (;;) {
    const c = text.charCodeAt(at)
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return at
    at++
  }
}

/** Where the value that begins here ends. A loop, as any depth may come. */
function skipValue(text: string, from: number): number {
  let depth = 0
  let at = from
  while (at < text.length) {
    const c = text[at]
    if (c === '"') {
      at = skipString(text, at)
      if (depth === 0) return at
    } else if (c === '{' || c === '[') {
      depth++
      at++
    } else if (c === '}' || c === ']') {
      if (depth === 0) return at
      at++
      if (--depth === 0) return at
    } else if (depth === 0) {
      while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at++
      return at
    } else at++
  }
  return at
}

function skipString(text: string, from: number): number {
  let at = from + 1
  for (;;) {
    const end = text.indexOf('"', at)
    if (end < 0) return text.length
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return end + 1
    at = end + 1
  }
}

export function isJsonText(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
