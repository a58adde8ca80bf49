import { spanKinds, statuses } from '../../shared/domain/kind.ts'
import type { JsonObject, JsonValue } from '../../shared/domain/json.ts'
import { bundledBook, testRegex } from '../../electron/prices/bundled.ts'
import { Pricer } from '../../shared/money/pricer.ts'
import { computedNano, recordedNano } from '../../shared/money/span-cost.ts'
import type { FieldRef } from '../../shared/query/fields.ts'
import { fold } from '../../shared/query/fold.ts'
import type { NameMatch } from '../../shared/query/name-match.ts'
import type { Condition, Interval, Leaf } from '../../shared/query/plan.ts'
import type { TextMatch } from '../../shared/query/text-match.ts'
import { looseJson, textsOf } from '../../shared/query/texts.ts'
import { compileRegex } from '../../shared/query/regex/compile.ts'
import type { OracleSpan, OracleTrace } from './corpus-store.ts'

// The meaning of a query, as plainly as it can be written: every span is looked at, nothing is indexed, names and times
// come from the span that `show --json` prints. What the store answers must be equal.

export class Oracle {
  private readonly traces: Map<string, OracleTrace>
  readonly spans: readonly OracleSpan[]
  private slow: Set<number> | undefined
  private readonly texts = new Map<number, OracleText[]>()

  constructor(traces: Map<string, OracleTrace>) {
    this.traces = traces
    this.spans = [...traces.values()].flatMap(trace => trace.spans)
  }

  /** Ids of the spans that match, in order. */
  find(condition: Condition | undefined): number[] {
    return this.spans
      .filter(span => !condition || this.holds(condition, span))
      .map(span => span.id)
      .sort((a, b) => a - b)
  }

  holds(condition: Condition, span: OracleSpan): boolean {
    if (condition.type === 'all') return condition.of.every(one => this.holds(one, span))
    if (condition.type === 'some') return condition.of.some(one => this.holds(one, span))
    if (condition.type === 'not') return !this.holds(condition.of, span)
    if (condition.type === 'leaf') return this.leaf(condition.leaf, span)
    const { scope, of } = condition
    if (scope === 'trace') return this.holdsOfTrace(of, this.traces.get(span.traceId)!)
    if (scope === 'parent') return span.parent !== undefined && this.holds(of, span.parent)
    if (scope === 'child') return span.children.some(child => this.holds(of, child))
    if (scope === 'descendant') return descendants(span).some(one => this.holds(of, one))
    const above = ancestors(span)
    if (scope === 'ancestor') return above.some(one => this.holds(of, one))
    return this.holds(of, above.at(-1) ?? span)
  }

  private readonly pricer = new Pricer(bundledBook(), testRegex)

  private costOf({ spans }: OracleTrace, ledger: string): number | undefined {
    return spans.reduce<number | undefined>((total, { span, counted }) => {
      const computed = computedNano(this.pricer, span)
      const cost =
        ledger === 'cost.computed' ? computed : (recordedNano(span) ?? (ledger === 'cost' ? computed : undefined))
      return counted > 0 ? sum(total, cost) : total
    }, undefined)
  }

  private holdsOfTrace(condition: Condition, trace: OracleTrace): boolean {
    if (condition.type === 'all') return condition.of.every(one => this.holdsOfTrace(one, trace))
    if (condition.type === 'some') return condition.of.some(one => this.holdsOfTrace(one, trace))
    if (condition.type === 'not') return !this.holdsOfTrace(condition.of, trace)
    if (condition.type === 'scope' && condition.scope === 'trace') return this.holdsOfTrace(condition.of, trace)
    if (condition.type === 'leaf' && condition.leaf.type === 'interval') {
      const { row } = trace
      const { id } = condition.leaf.field
      const total =
        id === 'cost' || id === 'cost.recorded' || id === 'cost.computed'
          ? [this.costOf(trace, id)]
          : id === 'tokens'
            ? [sum(row.inputTokens, row.outputTokens)]
            : id === 'spans'
              ? [row.spanCount]
              : id === 'duration'
                ? [row.durationNs === undefined ? undefined : BigInt(row.durationNs)]
                : undefined
      if (total)
        return total.some(
          value => value !== undefined && inside(value, (condition.leaf as { within: Interval }).within),
        )
    }
    return trace.spans.some(span => this.holds(condition, span))
  }

  private leaf(leaf: Leaf, one: OracleSpan): boolean {
    const { span } = one
    if (leaf.type === 'listed') {
      return leaf.indexes.includes(leaf.field === 'kind' ? spanKinds.indexOf(span.kind) : statuses.indexOf(span.status))
    }
    if (leaf.type === 'is') return leaf.words.some(word => this.is(word, one))
    if (leaf.type === 'text') {
      return this.textsOf(one).some(
        text => (leaf.part === 'any' || text.fields.includes(leaf.part)) && textMatches(leaf.match, text),
      )
    }
    const values = this.values(leaf.field, one)
    if (leaf.type === 'has')
      return leaf.field.id === 'children'
        ? one.children.length > 0
        : values.some(value => value !== '' || leaf.field.id === 'score' || leaf.field.id === '@')
    if (leaf.type === 'interval') return values.some(value => typeof value !== 'string' && inside(value, leaf.within))
    return values.some(value => {
      if (
        leaf.match &&
        (typeof value === 'string' || leaf.field.id !== 'score') &&
        nameMatches(leaf.match, String(value))
      )
        return true
      // Over thirty digits are an id.
      const mayBeNumber = /^[-+]?[\d.]/.test(String(value)) && !/\d{31}/.test(String(value))
      const number =
        leaf.type === 'value' && leaf.within && typeof value !== 'bigint' && mayBeNumber ? Number(value) : Number.NaN
      return !Number.isNaN(number) && inside(number, (leaf as { within: Interval }).within)
    })
  }

  private is(word: string, one: OracleSpan): boolean {
    const { span } = one
    if (word === 'error') return span.status === 'error'
    if (word === 'root') return one.parent === undefined
    if (word === 'leaf') return one.children.length === 0
    if (word === 'running') return span.marks?.includes('unfinished') === true
    if (word === 'streamed') return span.streamed === true
    if (word === 'cached') return (span.usage?.cacheRead ?? 0) > 0
    if (word === 'recovered') return one.span.prompt?.recovered === true
    if (word === 'unpriced')
      return one.counted === 1 && (recordedNano(span) ?? computedNano(this.pricer, span)) === undefined
    if (word === 'retried') return this.isRetried(one)
    if (word === 'slow') return (this.slow ??= slowOnes(this.spans)).has(one.id)
    return (span.marks as readonly string[] | undefined)?.includes(word) === true
  }

  /** Its next sibling does the same, or asks another model, after it failed. */
  private isRetried(one: OracleSpan): boolean {
    const siblings =
      one.parent?.children ?? this.traces.get(one.traceId)!.spans.filter(({ parent }) => parent === undefined)
    const [span, next] = [one.span, siblings[siblings.indexOf(one) + 1]?.span]
    if (span.status !== 'error' && !span.marks?.includes('unanswered')) return false
    if (!['generation', 'embedding', 'reranker', 'retrieval', 'tool'].includes(span.kind)) return false
    if (next?.kind !== span.kind) return false
    const [start, after, length] = [inClock(span.startTime), inClock(next.startTime), took(span)]
    if (start !== undefined && after !== undefined && after < start + (length ?? 0n)) return false
    const bare = (name: string) =>
      name.replace(/[\s._-]*[([]?(retry|attempt|fallback)[\s._#-]*\d*[)\]]?\s*$/i, '') || name
    const [short = '', long = ''] = [span.model ?? '', next.model ?? ''].sort((a, b) => a.length - b.length)
    const isOther =
      short !== '' && long !== short && !(long.startsWith(short) && /^[-@:](\d|latest)/.test(long.slice(short.length)))
    return (isOther && span.kind !== 'tool') || bare(span.name) === bare(next.name)
  }

  private textsOf(one: OracleSpan) {
    let texts = this.texts.get(one.id)
    if (!texts) {
      texts = textsOf(one.span).map(({ text, fields }) => {
        const folded = fold(text)
        const words = wordsOf(folded)
        return { text, folded, fields, words, vocabulary: new Set(words.map(word => word.text)) }
      })
      this.texts.set(one.id, texts)
    }
    return texts
  }

  /** What is compared; nothing where it is unknown. */
  private values({ id, name }: FieldRef, one: OracleSpan): (string | number | bigint)[] {
    const { span } = one
    const known = <T>(value: T | undefined): T[] => (value === undefined || value === '' ? [] : [value])
    const { usage } = span
    const duration = took(span)
    const start = inClock(span.startTime)
    const { row } = this.traces.get(one.traceId)!
    switch (id) {
      case 'name':
        return [span.name]
      case 'kind':
        return [span.kind]
      case 'status':
        return [span.status]
      case 'trace':
        return [one.traceId]
      case 'span':
        return [span.id]
      case 'source':
        return one.files.flatMap(file => [file, file.slice(file.lastIndexOf('/') + 1)])
      case 'import':
        return [...one.imports]
      case 'service':
        return known(span.resource?.['service.name'] as string | undefined)
      // Nobody wrote any here.
      case 'note':
        return []
      case 'tag':
        return [...(span.tags ?? [])]
      case 'finish':
        return [...(span.finishReasons ?? [])]
      case 'response.id':
        return known(span.responseId)
      case 'started':
        return known(start)
      case 'duration':
        return known(duration)
      case 'ttft':
        return known(
          span.timeToFirstTokenNs === undefined || !isCall(one)
            ? undefined
            : BigInt(Math.round(Number(span.timeToFirstTokenNs) / 1000)) * 1000n,
        )
      case 'offset':
        return start === undefined || row.startTime === undefined ? [] : [start - BigInt(row.startTime)]
      case 'self':
        return known(selfTime(one))
      case 'temperature':
        return attributeValues(span.parameters?.['temperature'])
      case 'tokens':
        return known(sum(usage?.input, usage?.output))
      case 'tokens.input':
        return known(usage?.input)
      case 'tokens.output':
        return known(usage?.output)
      case 'tokens.cached':
        return known(usage?.cacheRead)
      case 'tokens.reasoning':
        return known(usage?.reasoning)
      case 'cost':
        return known(recordedNano(span) ?? computedNano(this.pricer, span))
      case 'cost.recorded':
        return known(recordedNano(span))
      case 'cost.computed':
        return known(computedNano(this.pricer, span))
      case 'tool':
        return known(span.tool?.name ?? (span.kind === 'tool' ? span.name : undefined))
      case 'tool.used':
        return one.counted === 1 ? toolsRead(one, this.traces.get(one.traceId)!.spans) : []
      case 'document':
        return (span.documents ?? []).flatMap(document => [
          ...known(document.id),
          ...known(document.title),
          ...known(document.uri),
        ])
      case 'model':
      case 'provider':
        return isCall(one) ? known(span[id]) : []
      case 'prompt':
        return isCall(one) ? known(span.prompt?.name) : []
      case 'prompt.version':
        return isCall(one) ? known(span.prompt?.version) : []
      case 'variable':
        return name === undefined
          ? known(span.prompt?.variables === undefined ? undefined : 1)
          : attributeValues(attribute(span.prompt?.variables, name))
      case 'score':
        return (span.scores ?? [])
          .filter(score => name === undefined || score.name.toLowerCase() === name.toLowerCase())
          .flatMap(score =>
            score.value === undefined && score.label === undefined
              ? ['']
              : [...known(score.value), ...known(score.label)],
          )
      case 'depth':
        return [one.depth]
      case 'children':
        return [one.children.length]
      case 'spans':
        return [row.spanCount]
      case '@':
        return attributeValues(attribute(span.attributes, name!) ?? attribute(span.resource, name!))
      case 'input':
      case 'output':
      case 'system':
      case 'tool.args':
      case 'tool.result':
      case 'retrieved':
      case 'error':
        return this.textsOf(one).flatMap(({ text, fields }) => (fields.includes(id) ? [text] : []))
      case 'is':
      case 'has':
        return []
      default:
        return known(span[id])
    }
  }
}

/** Tools whose results a call was the first to read: looked at from the call, every tool of its trace. */
function toolsRead(call: OracleSpan, spans: readonly OracleSpan[]): string[] {
  const names = spans
    .filter(({ span }) => span.kind === 'tool' && (span.tool?.name ?? span.name) !== '')
    .flatMap(tool => (readerOf(tool) === call ? [tool.span.tool?.name ?? tool.span.name] : []))
  return [...new Set(names)]
}

const readers = new WeakMap<OracleSpan, { readonly call: OracleSpan | undefined }>()

function readerOf(tool: OracleSpan): OracleSpan | undefined {
  const known = readers.get(tool) ?? { call: firstReader(tool) }
  readers.set(tool, known)
  return known.call
}

/** The call behind a tool under the nearest span that holds both, which did not begin before the tool ended. */
function firstReader(tool: OracleSpan): OracleSpan | undefined {
  const start = inClock(tool.span.startTime)
  const length = inClock(tool.span.durationNs) ?? 0n
  const ended = start === undefined ? undefined : start + (length > 0n ? length : 0n)
  for (let at = tool; at.parent; at = at.parent) {
    const { children } = at.parent
    const behind = children.slice(children.indexOf(at) + 1).flatMap(one => [one, ...descendants(one)])
    const found = behind.find(one => {
      const begun = inClock(one.span.startTime)
      return one.counted === 1 && !(begun !== undefined && ended !== undefined && begun < ended)
    })
    if (found) return found
  }
  return undefined
}

/** Unknown where it ends before it starts. */
function took({ durationNs }: OracleSpan['span']): bigint | undefined {
  const length = inClock(durationNs)
  return length !== undefined && length < 0n ? undefined : length
}

/** The store has no times past June 2255. */
function inClock(time: string | undefined): bigint | undefined {
  const ns = time === undefined ? undefined : BigInt(time)
  return ns === undefined || ns / 1000n >= 1n << 53n || ns / 1000n <= -(1n << 53n) ? undefined : ns
}

/** Models, providers, prompts and first tokens are those of calls, and of other spans that carry usage, cost or a model. */
function isCall({ span }: OracleSpan): boolean {
  const carries = span.usage !== undefined || span.recordedCost !== undefined || span.model !== undefined
  return carries || span.kind === 'generation' || span.kind === 'embedding' || span.kind === 'reranker'
}

function ancestors(span: OracleSpan): OracleSpan[] {
  return span.parent ? [span.parent, ...ancestors(span.parent)] : []
}

function descendants(span: OracleSpan): OracleSpan[] {
  return span.children.flatMap(child => [child, ...descendants(child)])
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0)
}

function inside(value: number | bigint, { least, most, leastIsOpen, mostIsOpen }: Interval): boolean {
  const above = least === undefined || value > least || (value == least && !leastIsOpen)
  return above && (most === undefined || value < most || (value == most && !mostIsOpen))
}

/** Time that no child covers, by cutting the span at every child's edge. */
function selfTime(one: OracleSpan): bigint | undefined {
  const stretch = ({ span }: OracleSpan) =>
    span.startTime === undefined || took(span) === undefined
      ? undefined
      : { from: BigInt(span.startTime), to: BigInt(span.startTime) + took(span)! }
  if (took(one.span) === undefined) return undefined
  const own = stretch(one)
  if (!own) return took(one.span)
  const covers = one.children.flatMap(child => stretch(child) ?? [])
  const edges = [own.from, own.to, ...covers.flatMap(({ from, to }) => [from, to])]
    .filter(edge => edge >= own.from && edge <= own.to)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  let self = 0n
  for (const [i, edge] of edges.entries()) {
    const next = edges[i + 1] ?? edge
    if (!covers.some(({ from, to }) => from <= edge && to >= next && from < to)) self += next - edge
  }
  return self
}

function slowOnes(spans: readonly OracleSpan[]): Set<number> {
  const peers = Map.groupBy(
    spans.filter(one => took(one.span) !== undefined),
    one => JSON.stringify([one.span.kind, one.span.name]),
  )
  const slow = new Set<number>()
  for (const group of peers.values()) {
    const lengths = group.map(one => BigInt(one.span.durationNs!)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const bar = lengths[Math.ceil((lengths.length * 95) / 100) - 1]!
    for (const one of group) if (BigInt(one.span.durationNs!) > bar) slow.add(one.id)
  }
  return slow
}

function attribute(from: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof from !== 'object' || from === null || Array.isArray(from)) return undefined
  const object = from as JsonObject
  if (Object.hasOwn(object, name)) return object[name]
  for (let i = 0; i < name.length; i++) {
    if (name[i] !== '.' || !Object.hasOwn(object, name.slice(0, i))) continue
    const found = attribute(object[name.slice(0, i)], name.slice(i + 1))
    if (found !== undefined) return found
  }
  return undefined
}

function attributeValues(value: JsonValue | undefined): (string | number)[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'string' || typeof value === 'number') return [value]
  if (Array.isArray(value))
    return value.flatMap(item =>
      Array.isArray(item) ? [looseJson(item as JsonValue)] : attributeValues(item as JsonValue),
    )
  return [looseJson(value)]
}

function nameMatches(match: NameMatch, name: string): boolean {
  if (match.type === 'regex') return regexMatches(match, name)
  const pattern = match.pieces.map(piece => escaped(piece)).join('.*')
  return new RegExp(`^${pattern}$`, 's').test(name.toLowerCase())
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

const regexes = new Map<string, (text: string) => boolean>()

function regexMatches({ source, ignoreCase }: { source: string; ignoreCase: boolean }, text: string): boolean {
  const key = `${source}/${ignoreCase}`
  let test = regexes.get(key)
  if (!test) {
    const compiled = compileRegex(source, ignoreCase)
    test = one => compiled.ok && compiled.regex.test(one)
    if (regexes.size > 100) regexes.clear()
    regexes.set(key, test)
  }
  return test(text)
}

interface Word {
  readonly text: string
  readonly isSpaceless: boolean
  readonly isGlued: boolean
}

interface OracleText {
  readonly text: string
  readonly folded: string
  readonly fields: readonly string[]
  readonly words: readonly Word[]
  readonly vocabulary: ReadonlySet<string>
}

/** Character by character: a letter joins the word before it unless its script has no spaces. */
function wordsOf(folded: string): Word[] {
  const words: Word[] = []
  let before: 'gap' | 'word' | 'spaceless' = 'gap'
  for (const char of folded) {
    const isLetter = /[\p{L}\p{N}\p{M}\p{Co}]/u.test(char)
    const isSpaceless =
      isLetter && /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]/u.test(char) && !/\p{Co}/u.test(char)
    if (!isLetter) before = 'gap'
    else if (isSpaceless) {
      words.push({ text: char, isSpaceless, isGlued: before === 'spaceless' })
      before = 'spaceless'
    } else if (before === 'word') words[words.length - 1] = { ...words.at(-1)!, text: words.at(-1)!.text + char }
    else {
      words.push({ text: char, isSpaceless, isGlued: false })
      before = 'word'
    }
  }
  return words
}

function textMatches(match: TextMatch, { text, folded, words, vocabulary }: OracleText): boolean {
  if (match.type === 'regex') return regexMatches(match, text)
  if (match.type === 'substring') return folded.includes(match.text)
  if (match.type === 'pattern') return patternOf(match.pieces).test(folded)
  const wanted = wordsOf(match.text)
  const mayGoOn = (i: number): boolean => match.prefix && i === wanted.length - 1
  if (wanted.some((word, i) => !mayGoOn(i) && !vocabulary.has(word.text))) return false
  return words.some((_, at) =>
    wanted.every((word, i) => {
      const there = words[at + i]
      if (!there || (word.isGlued && i > 0 && !there.isGlued)) return false
      return mayGoOn(i) ? there.text.startsWith(word.text) : there.text === word.text
    }),
  )
}

let lastPattern: { pieces: readonly string[]; regex: RegExp } | undefined

function patternOf(pieces: readonly string[]): RegExp {
  if (lastPattern?.pieces === pieces) return lastPattern.regex
  const letter = String.raw`(?![\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}])[\p{L}\p{N}\p{M}\p{Co}]`
  const edge = `(?:(?<!${letter})|(?!${letter}))`
  const from = pieces[0] === '' ? '' : edge
  const to = pieces.at(-1) === '' ? '' : edge
  const regex = new RegExp(`${from}${pieces.map(escaped).join('\\S*')}${to}`, 'u')
  lastPattern = { pieces, regex }
  return regex
}
