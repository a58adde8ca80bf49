import type { Input, Output } from '../../../shared/contract/index.ts'
import { filled, plus } from '../table/arrays.ts'
import { searchedOf, type Asked } from './asking.ts'
import { itemNumbers } from './item-numbers.ts'
import type { ItemWords } from './item-words.ts'
import { groupWords } from './narrowed.ts'
import { ranksOf, sortedBy } from './order.ts'
import { statuses } from '../../../shared/domain/kind.ts'
import type { Subject } from './subject.ts'

type Window = Pick<Input<'lists.groups'>, 'by' | 'sort' | 'descending' | 'offset' | 'limit'>

/** One entry a group; the last is of items without a value, where there are some. NaN is unknown. */
interface Groups {
  readonly words: ItemWords
  readonly code: Uint32Array
  readonly count: Float64Array
  readonly errors: Float64Array
  readonly tokens: Float64Array
  readonly cost: Float64Array
  readonly duration: Float64Array
}

const none = 0xffff_ffff

/** A window of a list's groups. */
export function groupsOf(asked: Asked, { by, sort, descending, offset, limit }: Window): Output<'lists.groups'> {
  const groups = asked.remember(`groups ${by}`, () => group(asked, groupWords(asked, by)))
  const order = asked.remember(`groups ${by} ${sort} ${descending}`, () => orderOf(groups, sort, descending))
  const shown = order.subarray(offset, offset + limit)
  const pick = (column: Float64Array) => Float64Array.from(shown, g => column[g]!)
  return {
    total: groups.code.length,
    exact: asked.exact,
    ...searchedOf(asked),
    values: Array.from(shown, g => (groups.code[g] === none ? null : groups.words.coded.decode(groups.code[g]!))),
    count: pick(groups.count),
    errors: pick(groups.errors),
    tokens: pick(groups.tokens),
    cost: pick(groups.cost),
    duration: pick(groups.duration),
  }
}

function orderOf({ words, code, ...groups }: Groups, sort: Window['sort'], descending: boolean): Uint32Array {
  if (sort !== 'value') return sortedBy(groups[sort], descending)
  const ranks = ranksOf(
    words.coded,
    code.filter(one => one !== none),
  )
  return sortedBy(
    Float64Array.from(code, one => ranks[one] ?? Number.NaN),
    descending,
  )
}

function group({ subject, shown }: Asked, words: ItemWords): Groups {
  const { codes } = words
  const groupOf = new Int32Array(words.coded.size).fill(-1)
  const code: number[] = []
  const missing = shown.bytes.slice()
  for (let k = 0; k < codes.length; k++) {
    missing[words.items[k]!] = 0
    if (groupOf[codes[k]!]! < 0) groupOf[codes[k]!] = code.push(codes[k]!) - 1
  }
  const hasRest = missing.includes(1)
  const rest = hasRest ? code.push(none) - 1 : -1
  const sums = new GroupSums(subject, code.length)
  for (let k = 0; k < codes.length; k++) sums.add(groupOf[codes[k]!]!, words.items[k]!)
  if (hasRest) for (let item = 0; item < missing.length; item++) if (missing[item] === 1) sums.add(rest, item)
  return { words, code: Uint32Array.from(code), ...sums.result() }
}

/** What the items of each group come to. */
class GroupSums {
  private readonly count: Float64Array
  private readonly errors: Float64Array
  private readonly tokens: Float64Array
  private readonly cost: Float64Array
  private readonly length: Float64Array
  private readonly lengths: Float64Array
  private readonly of: { readonly [name in 'errors' | 'tokens' | 'cost' | 'duration']: Float64Array }

  constructor(subject: Subject, groups: number) {
    this.count = new Float64Array(groups)
    this.errors = new Float64Array(groups)
    this.lengths = new Float64Array(groups)
    this.tokens = new Float64Array(groups).fill(Number.NaN)
    this.cost = new Float64Array(groups).fill(Number.NaN)
    this.length = new Float64Array(groups).fill(Number.NaN)
    this.of = {
      errors: errorsOf(subject),
      tokens: itemNumbers(subject, 'tokens')!,
      cost: itemNumbers(subject, 'cost')!,
      duration: itemNumbers(subject, 'duration')!,
    }
  }

  add(g: number, item: number): void {
    this.count[g]!++
    this.errors[g]! += this.of.errors[item]!
    this.tokens[g] = plus(this.tokens[g]!, this.of.tokens[item]!)
    this.cost[g] = plus(this.cost[g]!, this.of.cost[item]!)
    const length = this.of.duration[item]!
    if (Number.isNaN(length)) return
    this.length[g] = plus(this.length[g]!, length)
    this.lengths[g]!++
  }

  result(): Omit<Groups, 'words' | 'code'> {
    const { count, errors, tokens, cost } = this
    return { count, errors, tokens, cost, duration: this.length.map((sum, g) => sum / this.lengths[g]!) }
  }
}

function errorsOf(subject: Subject): Float64Array {
  const { list, table } = subject
  if (list === 'traces' || list === 'sessions') return itemNumbers(subject, 'errors')!
  return table.derived('span errors', () => {
    const error = statuses.indexOf('error')
    const status = table.column('status')
    return filled(new Float64Array(status.length), status, one => (one === error ? 1 : 0))
  })
}
