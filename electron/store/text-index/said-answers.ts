import type { Leaf } from '../../../shared/query/plan.ts'
import { valuesTest, type ValueLeaf } from '../../../shared/query/readings.ts'
import { hasNamed, isSaidField, readNames, unsure, type SaidField, type SaidNames } from '../../../shared/query/said.ts'
import { responseCode, type SaidRows } from './said-columns.ts'
import { SpanBits } from './span-bits.ts'

/** What columns tell of a question: spans it is true of, and those whose records must be read. */
export interface SaidAnswer {
  readonly yes: SpanBits
  readonly maybe: SpanBits
}

type Verdict = 0 | 1 | 2
const no: Verdict = 0
const yes: Verdict = 1
const maybe: Verdict = 2

export class SaidAnswers {
  private readonly rows: SaidRows
  private names: readonly (SaidNames | undefined)[] | undefined

  constructor(rows: SaidRows) {
    this.rows = rows
  }

  /** Undefined for what the columns know nothing of. */
  answer(leaf: Leaf): SaidAnswer | undefined {
    if (leaf.type !== 'name' && leaf.type !== 'interval' && leaf.type !== 'value' && leaf.type !== 'has')
      return undefined
    const { id, name = '' } = leaf.field
    if (isSaidField(id)) return this.byValue(id, leaf)
    if (id === 'response.id') return this.byResponse(leaf)
    if (id !== '@' && id !== 'variable') return undefined
    const list = id === '@' ? 'attributes' : 'variables'
    return this.byCode(this.rows.codes.names, this.allNames(), names => {
      if (names === undefined) return maybe
      // What is called nothing is all of them together.
      const found = name === '' ? (names[list].size > 0 ? 'maybe' : 'no') : hasNamed(names[list], name)
      return found === 'no' ? no : found === 'yes' && leaf.type === 'has' ? yes : maybe
    })
  }

  /** Names of attributes or of variables that begin like this, and how many spans have them. */
  namesLike(list: keyof SaidNames, prefix: string, most: number): { value: string; count: number }[] {
    const all = this.allNames()
    const spans = new Uint32Array(all.length)
    for (const code of this.rows.codes.names) spans[code]!++
    const begin = prefix.toLowerCase()
    const counts = new Map<string, number>()
    for (const [code, names] of all.entries()) {
      for (const name of names?.[list] ?? []) {
        // Names that stand for others cannot be asked for.
        if (!name.toLowerCase().startsWith(begin) || /[#*]/.test(name)) continue
        counts.set(name, (counts.get(name) ?? 0) + spans[code]!)
      }
    }
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, most)
  }

  /** The values of a field by their codes, and the code of each span. */
  column(field: SaidField): {
    readonly codes: Uint32Array
    readonly values: readonly (readonly (string | number)[])[]
  } {
    const values = this.rows.values[field].map(text =>
      text === '' || text === unsure ? [] : (JSON.parse(text) as (string | number)[]),
    )
    return { codes: this.rows.codes[field], values }
  }

  private allNames(): readonly (SaidNames | undefined)[] {
    return (this.names ??= this.rows.values.names.map(text => (text === unsure ? undefined : readNames(text))))
  }

  private byValue(field: SaidField, leaf: ValueLeaf): SaidAnswer {
    const test = valuesTest(leaf)
    return this.byCode(this.rows.codes[field], this.rows.values[field], text =>
      text === '' ? no : text === unsure ? maybe : test(JSON.parse(text) as (string | number)[]) ? yes : no,
    )
  }

  private byResponse(leaf: Leaf): SaidAnswer {
    const { response } = this.rows
    const found = { yes: new SpanBits(response.length - 1), maybe: new SpanBits(response.length - 1) }
    const whole = leaf.type === 'name' && leaf.match.type === 'pieces' && leaf.match.pieces.length === 1
    const code = whole ? responseCode(leaf.match.pieces[0]!) : undefined
    const set = leaf.type === 'has' ? found.yes : found.maybe
    for (let id = 0; id < response.length; id++) {
      if (code === undefined ? response[id] !== 0 : response[id] === code) set.add(id)
    }
    return found
  }

  private byCode<T>(codes: Uint32Array, values: readonly T[], judge: (value: T) => Verdict): SaidAnswer {
    const verdicts = Uint8Array.from(values, judge)
    const found = { yes: new SpanBits(codes.length - 1), maybe: new SpanBits(codes.length - 1) }
    for (let id = 0; id < codes.length; id++) {
      const verdict = verdicts[codes[id]!]!
      if (verdict === yes) found.yes.add(id)
      else if (verdict === maybe) found.maybe.add(id)
    }
    return found
  }
}
