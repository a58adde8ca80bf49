import { conventions, isSearchedFor } from '../../shared/conventions/index.ts'
import { UnreadFinder } from '../../shared/conventions/unread.ts'
import { textsOf } from '../../shared/query/texts.ts'
import type { Outline, OutlinedList, ToldValue } from '../store/text-index/span-texts.ts'
import { otlpJson } from './formats/otlp-json.ts'

// Most spans differ from others in ids, times and numbers only, and none of those is searched. Their kept records are compared
// without them: what one of them says need not be read again of the next. Only records written as exporters write them,
// `{"key":"…","value":{"stringValue":"…"}}`, have an outline.

/** Members of a span whose texts nobody searches. */
const unsearchedMembers = new Set(['traceId', 'spanId', 'parentSpanId', 'startTimeUnixNano', 'endTimeUnixNano'])

/** Read for ids and labels: whatever these texts say, nothing that is searched follows. */
const labels = [
  'gen_ai.response.id',
  'gen_ai.response.model',
  'gen_ai.conversation.id',
  'session.id',
  'user.id',
  'enduser.id',
  'gen_ai.tool.call.id',
]

/** Read as one text, and for nothing else. */
const told = ['gen_ai.tool.call.arguments', 'gen_ai.tool.call.result']

/** Read for what a call was offered. */
const offered = 'gen_ai.tool.definitions'

/** Numbers: only whether there are some can tell what a span is. */
const numbers = [
  'gen_ai.request.temperature',
  'gen_ai.request.top_p',
  'gen_ai.request.seed',
  'gen_ai.request.max_tokens',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.prompt_tokens',
  'gen_ai.usage.completion_tokens',
  'gen_ai.usage.total_tokens',
  'gen_ai.usage.cache_read.input_tokens',
  'gen_ai.usage.cache_creation.input_tokens',
  'gen_ai.usage.reasoning_tokens',
]

const lists = { 'gen_ai.input.messages': 'input', 'gen_ai.output.messages': 'output' } as const

/** `silent`: nobody reads it. `quiet`: only who understands other attributes of its span may. */
type Role = 'silent' | 'quiet' | 'label' | 'told' | 'offered' | 'number' | 'input' | 'output' | 'said'

const known = new Map<string, Role>([
  [offered, 'offered'],
  ...labels.map(name => [name, 'label'] as const),
  ...told.map(name => [name, 'told'] as const),
  ...numbers.map(name => [name, 'number'] as const),
  ...Object.entries(lists),
])
const roles = new Map<string, Role>()
const mostRoles = 20_000
const finder = new UnreadFinder(conventions, () => {})
/** A bit for each convention that is spoken by names; formats of their own have others. */
const everybody = conventions.reduce(
  (bits, { prefixes, names = [] }, place) => (prefixes.length + names.length > 0 ? bits + 2 ** place : bits),
  0,
)

function roleOf(name: string): Role {
  let role = roles.get(name)
  if (role === undefined) {
    role = known.get(name) ?? (isSearchedFor(name) ? 'said' : finder.isUnread(name, everybody) ? 'silent' : 'quiet')
    if (roles.size >= mostRoles) roles.clear()
    roles.set(name, role)
  }
  return role
}

/** Undefined where a record must be read. */
export function outlineOf(format: string, kept: string): Outline | undefined {
  if (format !== otlpJson.id) return undefined
  const found = new Walk(kept)
  return found.record() ? found.outline() : undefined
}

const [quote, comma, colon, backslash] = [34, 44, 58, 92]
const [openBrace, closeBrace, openBracket, closeBracket] = [123, 125, 91, 93]
const attributeStart = '{"key":"'
const valueStart = '","value":{"'

/** Members that say nothing else either. */
const silentMembers = new Set([
  ...unsearchedMembers,
  'name',
  'attributes',
  'kind',
  'flags',
  'traceState',
  'events',
  'links',
])
const silentStatus = /^\{(?:"code":(?:\d|"\w+"))?\}$/

/** One walk over a kept record. Whatever is not as expected ends it. */
class Walk {
  private readonly kept: string
  private at = 0
  /** What is left out: from, to, and 1 where that holds only if no attribute is looked at. */
  private readonly cuts: number[] = []
  private readonly members = new Set<string>()
  private name = ''
  private isSilent = true
  private readonly lists: OutlinedList[] = []
  private readonly told: ToldValue[] = []
  private response = ''
  private temperature = ''

  constructor(kept: string) {
    this.kept = kept
  }

  outline(): Outline {
    const { kept, cuts, lists, told, isSilent, response, temperature } = this
    let [key, at] = ['', 0]
    for (let i = 0; i < cuts.length; i += 3) {
      if (cuts[i + 2] === 1 && !isSilent) continue
      key += kept.slice(at, cuts[i])
      at = cuts[i + 1]!
    }
    const texts = isSilent ? textsOf({ name: this.name }) : undefined
    return { key: key + kept.slice(at), lists, told, texts, response, temperature }
  }

  record(): boolean {
    const { kept } = this
    if (kept.charCodeAt(0) !== openBrace) return false
    this.at = 1
    for (;;) {
      const member = this.plainText()
      if (member === undefined || kept.charCodeAt(this.at++) !== colon) return false
      if (!this.member(member)) return false
      const end = kept.charCodeAt(this.at++)
      if (end === closeBrace) return this.at === kept.length
      if (end !== comma) return false
    }
  }

  private member(member: string): boolean {
    // Of two the last one would count.
    if (this.members.has(member)) return false
    this.members.add(member)
    if (member === 'attributes') return this.attributes()
    const from = this.at
    if (member === 'name' || unsearchedMembers.has(member)) {
      const text = this.plainText()
      this.cut(from, member === 'name')
      if (member === 'name') this.name = text ?? ''
      return text !== undefined
    }
    if (!this.skip()) return false
    if (member === 'events' || member === 'links') return this.at - from === 2
    if (member === 'status') this.isSilent &&= silentStatus.test(this.kept.slice(from, this.at))
    else this.isSilent &&= silentMembers.has(member)
    return true
  }

  private attributes(): boolean {
    const { kept } = this
    if (kept.charCodeAt(this.at++) !== openBracket) return false
    if (kept.charCodeAt(this.at) === closeBracket) return (this.at++, true)
    for (;;) {
      if (!kept.startsWith(attributeStart, this.at)) return false
      const from = this.at + attributeStart.length
      const end = kept.indexOf('"', from)
      const name = kept.slice(from, end)
      if (!kept.startsWith(valueStart, end) || name.includes('\\')) return false
      this.at = end + valueStart.length - 1
      if (!this.value(name, roleOf(name))) return false
      if (kept.charCodeAt(this.at++) !== closeBrace) return false
      if (kept.charCodeAt(this.at++) !== closeBrace) return false
      const next = kept.charCodeAt(this.at++)
      if (next === closeBracket) return true
      if (next !== comma) return false
    }
  }

  /** From the name of its sort on. */
  private value(name: string, role: Role): boolean {
    const { kept } = this
    const sort = this.plainText()
    if (sort === undefined || kept.charCodeAt(this.at++) !== colon) return false
    const from = this.at
    if (!this.skip()) return false
    if (role === 'silent' || role === 'quiet') {
      // What is nothing has no name either.
      if (plainSorts.has(sort) && kept.charCodeAt(from) !== letterN) this.cut(from, role === 'quiet')
      return true
    }
    this.isSilent = false
    if (role === 'label') {
      const text = sort === 'stringValue' ? kept.slice(from + 1, this.at - 1) : ''
      if (text === '' || text.charCodeAt(0) <= 32 || text.includes('\\')) return true
      this.cut(from)
      if (name === 'gen_ai.response.id') this.response = text.toLowerCase()
    } else if (role === 'told') {
      // What is nothing has no name either.
      if (sort !== 'stringValue' || this.at - from === 2) return true
      this.told.push({ from, to: this.at })
      this.cut(from)
    } else if (role === 'offered') {
      if (sort === 'stringValue') this.cut(from)
    } else if (role === 'number') {
      const isFraction = sort === 'doubleValue'
      if (!isFraction && sort !== 'intValue') return true
      const digits = digitsAt(kept, from, this.at, isFraction)
      if (digits === undefined) return true
      this.cut(from)
      if (name === 'gen_ai.request.temperature') this.temperature = JSON.stringify([Number(digits)])
    } else if (role !== 'said' && sort === 'stringValue' && kept.startsWith(listStart, from)) {
      this.lists.push({ side: role, place: { at: from, from: from + listStart.length - 1, end: this.at } })
      this.cut(from)
    }
    return true
  }

  /** Leaves out what lies between a place and this one. */
  private cut(from: number, ifSilent = false): void {
    this.cuts.push(from, this.at, Number(ifSilent))
  }

  /** A text without escapes; undefined for anything else. */
  private plainText(): string | undefined {
    const { kept, at } = this
    if (kept.charCodeAt(at) !== quote) return undefined
    const end = kept.indexOf('"', at + 1)
    if (end < 0) return undefined
    this.at = end + 1
    const text = kept.slice(at + 1, end)
    return text.includes('\\') ? undefined : text
  }

  /** Goes past any value. */
  private skip(): boolean {
    const { kept } = this
    let depth = 0
    do {
      const code = kept.charCodeAt(this.at)
      if (code === quote) this.skipText()
      else {
        if (code === openBrace || code === openBracket) depth++
        else if (code === closeBrace || code === closeBracket) depth--
        this.at++
      }
    } while (this.at < kept.length && (depth > 0 || !isEnd(kept.charCodeAt(this.at))))
    return depth === 0
  }

  private skipText(): void {
    const { kept } = this
    let end = kept.indexOf('"', this.at + 1)
    while (end > 0 && isEscaped(kept, end)) end = kept.indexOf('"', end + 1)
    this.at = end < 0 ? kept.length : end + 1
  }
}

/** A reference to a list of bodies, as a kept text writes it. */
const listStart = '"\\u0000['

function isEnd(code: number): boolean {
  return code === comma || code === closeBrace || code === closeBracket
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++
  return slashes % 2 === 1
}

const plainSorts = new Set(['stringValue', 'intValue', 'doubleValue', 'boolValue'])
/** Of `null`. */
const letterN = 110

/** A few digits, in quotes or without; of a fraction one point among them. */
function digitsAt(text: string, from: number, to: number, isFraction: boolean): string | undefined {
  const isQuoted = text.charCodeAt(from) === quote
  const digits = isQuoted ? text.slice(from + 1, to - 1) : text.slice(from, to)
  return (isFraction ? fraction : integer).test(digits) ? digits : undefined
}

const integer = /^\d{1,9}$/
const fraction = /^\d{1,9}(?:\.\d{1,17})?$/
