import { spanKinds, statuses } from '../../shared/domain/kind.ts'
import { scopes } from '../../shared/query/ast.ts'
import { fields, type FieldId } from '../../shared/query/fields.ts'
import { quote } from '../../shared/query/print.ts'
import { textsOf } from '../../shared/query/texts.ts'
import { isWords } from '../../shared/query/words-of-is.ts'
import type { Random } from '../helpers/random.ts'
import type { OracleSpan } from './corpus-store.ts'

// Random queries out of what a store really holds, so that most of them find something.

export class QueryMaker {
  private readonly random: Random
  private readonly names: { readonly [id in FieldId]?: readonly string[] }
  private readonly words: readonly string[]
  private readonly texts: readonly string[]
  private readonly scores: readonly string[]
  private readonly attributes: readonly (readonly [string, string])[]
  private readonly times: readonly string[]

  private readonly variables: readonly string[]

  constructor(spans: readonly OracleSpan[], random: Random) {
    this.random = random
    const distinct = (read: (one: OracleSpan) => readonly (string | undefined)[]): string[] =>
      [...new Set(spans.flatMap(read))].filter(text => text !== undefined && text !== '') as string[]
    const plain = [
      'session',
      'user',
      'tenant',
      'team',
      'application',
      'feature',
      'agent',
      'environment',
      'release',
      'model',
      'provider',
      'operation',
    ] as const
    this.names = {
      ...Object.fromEntries(plain.map(id => [id, distinct(one => [one.span[id]])])),
      name: distinct(one => [one.span.name]),
      trace: distinct(one => [one.traceId]),
      span: distinct(one => [one.span.id]),
      service: distinct(one => [one.span.resource?.['service.name'] as string | undefined]),
      tag: distinct(one => one.span.tags ?? []),
      source: distinct(one => one.files.map(file => file.slice(file.lastIndexOf('/') + 1))),
      import: distinct(one => one.imports),
      finish: distinct(one => one.span.finishReasons ?? []),
      'response.id': distinct(one => [one.span.responseId]),
      tool: distinct(one => [one.span.tool?.name]),
      'tool.used': distinct(one => [one.span.tool?.name, one.span.kind === 'tool' ? one.span.name : undefined]),
      document: distinct(one => (one.span.documents ?? []).flatMap(document => [document.id, document.title])),
      prompt: distinct(one => [one.span.prompt?.name]),
      'prompt.version': distinct(one => [one.span.prompt?.version]),
    }
    this.texts = distinct(one => textsOf(one.span).map(({ text }) => text.slice(0, 2000)))
    this.words = [...new Set(this.texts.flatMap(text => text.slice(0, 300).split(/[\s"]+/)))].filter(
      word => word.length < 30,
    )
    this.scores = distinct(one => (one.span.scores ?? []).map(score => score.name))
    this.attributes = spans.flatMap(one =>
      Object.entries(one.span.attributes).flatMap(([name, value]) =>
        typeof value === 'string' || typeof value === 'number' ? [[name, String(value).slice(0, 60)] as const] : [],
      ),
    )
    const named = distinct(one => Object.keys((one.span.prompt?.variables as object | null | undefined) ?? {}))
    this.variables = ['name', 'question', 'language', 'input', ...named.filter(name => /^\w+$/.test(name))]
    this.times = distinct(one => [one.span.startTime]).map(time =>
      new Date(Number(BigInt(time) / 1_000_000n)).toISOString(),
    )
  }

  query(): string {
    return this.either(3)
  }

  private either(depth: number): string {
    const { random } = this
    const count = 1 + (random.below(4) === 0 ? 1 : 0)
    return Array.from({ length: count }, () => this.sequence(depth)).join(' OR ')
  }

  private sequence(depth: number): string {
    const count = 1 + this.random.below(3)
    return Array.from({ length: count }, () => this.clause(depth)).join(' ')
  }

  private clause(depth: number): string {
    const { random } = this
    const dice = random.below(20)
    if (dice < 3) return `-${this.clause(depth)}`
    if (depth > 0 && dice < 5) return `(${this.either(depth - 1)})`
    if (depth > 0 && dice < 9) return `${random.pick(scopes)}:(${this.either(depth - 1)})`
    return dice < 12 ? this.text() : this.term()
  }

  private text(): string {
    const { random } = this
    const dice = random.below(9)
    if (dice === 8) return this.run()
    if (dice === 0) return `/${this.regex()}/${random.below(2) ? 'i' : ''}`
    if (dice < 3) return quote(this.phrase())
    const word = random.pick(this.words).replace(/[()"*,[\]]/g, '')
    if (word === '' || /[:/@<>=-]|\.\.|^(OR|AND|NOT)$/.test(word)) return quote(word === '' ? 'x' : word)
    if (dice === 3) return `*${word.slice(random.below(3))}*`
    if (dice === 4) return `${word.slice(0, 1 + random.below(6))}*`
    if (dice === 5) return `${word.slice(0, 2)}*${word.slice(-2)}`
    return word
  }

  private regex(): string {
    const { random } = this
    const word = random
      .pick(this.words)
      .slice(0, 8)
      .replace(/[^\p{L}\p{N}]/gu, '.')
    return random.pick([
      word || 'a',
      `\\b${word || 'b'}`,
      `${word || 'c'}\\w+`,
      '[A-Z]{2,}\\d',
      `^${word || 'd'}`,
      '\\d{4}$',
    ])
  }

  /** A few neighbours of a script without spaces, or letters in another case and without their accents. */
  private run(): string {
    const { random } = this
    const runs = random.pick(this.texts).match(/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]+/gu)
    if (!runs) {
      const word = random.pick(this.words).toUpperCase().normalize('NFD').replace(/\p{M}/gu, '')
      return quote(word === '' ? 'x' : word)
    }
    const chars = Array.from(random.pick(runs))
    const from = random.below(chars.length)
    const some = chars.slice(from, from + 1 + random.below(4)).join('')
    return random.pick([some, quote(some), `*${some}*`, `${some}*`, quote(`${some} ${random.pick(chars)}`)])
  }

  private phrase(): string {
    const { random } = this
    const text = random.pick(this.texts)
    const from = random.below(Math.max(1, text.length - 10))
    return (
      text
        .slice(from, from + 3 + random.below(25))
        .toWellFormed()
        .trim() || 'x'
    )
  }

  private term(): string {
    const { random } = this
    const field = random.pick(fields)
    const name = field.id === '@' ? '@' : field.id
    switch (field.type) {
      case 'name':
        return `${name}:${this.list(() => this.name(this.names[field.id] ?? []))}`
      case 'words':
        return `${name}:${random.below(3) === 0 ? quote(this.phrase()) : this.safeText()}`
      case 'kind':
        return `kind:${this.list(() => random.pick(spanKinds))}`
      case 'status':
        return `status:${random.pick(statuses)}`
      case 'is':
        return `is:${random.pick(isWords)}`
      case 'has':
        return `has:${this.has()}`
      case 'count':
        return `${name}:${this.compared(() => String(random.below(random.pick([3, 20, 300, 10_000]))))}`
      case 'number':
        return `${name}:${this.compared(() => random.pick(['0', '0.2', '0.7', '1']))}`
      case 'money':
        return `${name}:${this.compared(() => random.pick(['0', '0.0001', '0.002', '$0.01', '0.05', '1']))}`
      case 'duration':
        return `${name}:${this.compared(() => `${random.below(900)}${random.pick(['us', 'ms', 'ms', 's'])}`)}`
      case 'time':
        return `${name}:${this.compared(() => random.pick(this.times).slice(0, random.pick([10, 16, 19])))}`
      default:
        return this.named(field.id)
    }
  }

  private safeText(): string {
    const text = this.text()
    return text.startsWith('/') || text.startsWith('"') || text.startsWith('*') || !text.includes(',')
      ? text
      : quote(text)
  }

  private has(): string {
    const { random } = this
    const field = random.pick(fields)
    if (field.id === '@') return `@${random.pick(this.attributes)[0].replace(/[^\w.-]/g, '')}x`.slice(0, -1)
    return field.id === 'is' || field.id === 'has' ? 'output' : field.id
  }

  private named(id: FieldId): string {
    const { random } = this
    if (id === 'score' && this.scores.length > 0) {
      const name = random.pick(this.scores)
      return `score.${quote(name)}:${this.compared(() => random.pick(['0', '0.5', '0.9', '1', '4']))}`
    }
    if (id === 'variable')
      return `variable.${random.pick(this.variables)}:${random.pick(['a*', '"x"', '1', '>0', '*', 'German', 'Chen'])}`
    const [name, value] = random.pick(this.attributes)
    if (random.below(3) === 0) return `@${quote(name)}:${this.compared(() => String(random.below(1000)))}`
    return `@${quote(name)}:${this.name([value])}`
  }

  private list(value: () => string): string {
    const { random } = this
    if (random.below(5) > 0) return value()
    return `[${Array.from({ length: 1 + random.below(3) }, value).join(',')}]`
  }

  private name(names: readonly string[]): string {
    const { random } = this
    const name = names.length === 0 ? 'nothing' : random.pick(names)
    const dice = random.below(6)
    const start = name.slice(0, 1 + random.below(name.length)).toWellFormed()
    if (dice === 0 && /^[\w.-]+$/.test(start)) return `${start}*`
    if (dice === 1 && /^[\w.-]+$/.test(name)) return `*${name.slice(random.below(name.length))}`
    if (dice === 2) return quote(random.below(2) ? name.toUpperCase() : name.toLowerCase())
    if (dice === 3) return `/${start.replace(/[^\p{L}\p{N}]/gu, '.')}/${random.below(2) ? 'i' : ''}`
    return quote(name)
  }

  private compared(value: () => string): string {
    const { random } = this
    const dice = random.below(8)
    if (dice < 4) return random.pick(['>', '>=', '<', '<=']) + value()
    if (dice === 4) return `${value()}..${value()}`
    if (dice === 5) return `${value()}..`
    return dice === 6 ? `..${value()}` : value()
  }
}
