import type { Random } from '../helpers/random.ts'

/** What stands where something else was expected. */
const values: readonly string[] = [
  'null',
  'true',
  '0',
  '-1',
  '1e400',
  '-0',
  '1.5',
  '9007199254740993',
  '18446744073709551616',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"__proto__"',
  '"not json"',
  '"{\\"a\\":"',
  '"[1,2"',
  '"{}"',
  '"2026-02-31T25:61:00Z"',
  '"99999999999999999999"',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '[{}]',
  '{"role":7,"content":[null,{"type":{}}]}',
  '{"length":4294967295}',
  '{"toString":1,"constructor":null,"__proto__":null}',
]

const names: readonly string[] = [
  '__proto__',
  'constructor',
  'length',
  '',
  'toString',
  'a.b.__proto__.c',
  'llm.input_messages.4294967294.message.role',
  'gen_ai.prompt.99999999.content',
]

interface Place {
  readonly holder: Record<string, unknown>
  readonly key: string
}

/**
 * A copy of a JSON text in which one to three members are something else, gone, renamed or there twice: what is no longer
 * reached when only bytes are damaged, since most of those copies are no JSON. Undefined when the text is none itself.
 */
export function mutateJson(text: string, random: Random): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const places: Place[] = []
  visit(value, places)
  if (places.length === 0) return undefined
  // Values that JSON.stringify would not print go in as marks and are replaced in the text.
  const written: string[] = []
  for (let times = 1 + random.below(3); times > 0; times--) {
    const { holder, key } = random.pick(places)
    random.pick(ways)(holder, key, random, written, places)
  }
  return JSON.stringify(value).replace(/"\u2400(\d+)"/g, (_, i: string) => written[Number(i)]!)
}

type Way = (holder: Record<string, unknown>, key: string, random: Random, written: string[], all: Place[]) => void

const odd: Way = (holder, key, random, written) => {
  set(holder, key, `\u2400${written.push(random.pick(values)) - 1}`)
}

const ways: readonly Way[] = [
  odd,
  odd,
  odd,
  (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete holder[key]
  },
  (holder, key, random) => {
    if (!Array.isArray(holder)) set(holder, random.pick(names), holder[key])
  },
  // What stands elsewhere.
  (holder, key, random, _, all) => {
    const other = random.pick(all)
    const copy = JSON.stringify(other.holder[other.key])
    if (copy !== undefined && copy.length < 20_000) set(holder, key, JSON.parse(copy) as unknown)
  },
  (holder, key) => set(holder, key, JSON.stringify(holder[key])),
  (holder, key) => {
    const { [key]: value } = holder
    if (Array.isArray(value) && value.length > 0 && value.length < 1000) value.push(value[0])
    else if (Array.isArray(value)) value.reverse()
    else set(holder, key, [value])
  },
]

function set(holder: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function visit(value: unknown, places: Place[]): void {
  if (typeof value !== 'object' || value === null || places.length > 50_000) return
  for (const key of Object.keys(value)) {
    const holder = value as Record<string, unknown>
    places.push({ holder, key })
    visit(holder[key], places)
  }
}
