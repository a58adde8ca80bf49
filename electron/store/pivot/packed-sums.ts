import { keptPacked } from '../table/kept-columns.ts'
import type { PackedNumbers } from '../table/packed-numbers.ts'
import type { Table } from '../table/table.ts'
import { countedCalls } from './calls.ts'
import type { Groups } from './groups.ts'
import { nanWhere, type Sums } from './sums.ts'

/** Columns beside the store by what is summed of them; what counts as a cost is recorded, else computed. */
const columns: { readonly [key: string]: string } = {
  input: 'call input',
  output: 'call output',
  'cache read': 'call cache_read',
  'cache write': 'call cache_write',
  reasoning: 'call reasoning',
  recorded: 'call cost',
  computed: 'cost computed',
}

/** As many columns as one pass adds up. */
const atOnce = 4
/** Sums of a group lie in one line of the processor's memory. */
const stride = 8
/** Where the sum of the last column lies of the calls that the column before it does not know. */
const filled = 4

/**
 * The sums of all calls, from columns as they lie beside the store; undefined where some do not lie there so, or would not be
 * added up exactly.
 */
export function packedSums(table: Table, { of, calls, size }: Groups, keys: readonly string[]): Sums[] | undefined {
  if (calls || !countedCalls(table).isAll) return undefined
  const others = keys.filter(key => key !== 'cost' && key !== 'recorded' && key !== 'computed')
  const [one = 'recorded', two = 'recorded', ...more] = others
  const order = [one, two, 'recorded', 'computed', ...more]
  while (order.length % atOnce > 0) order.push(order.at(-1)!)
  const packed = order.map(key => columns[key] && keptPacked(table, columns[key]))
  if (!packed.every(one => one && isExact(one, of.length))) return undefined
  const found = new Map<string, Sums>()
  for (let c = 0; c < order.length; c += atOnce) {
    const four = packed.slice(c, c + atOnce) as PackedNumbers[]
    const sums = new Float64Array(size * stride)
    const patterns = new Uint32Array(size << atOnce)
    addFour(sums, patterns, of, four)
    const known = knownOf(patterns, size)
    const sumOf = (n: number, shift: number): Sums => ({
      sums: nanWhere(
        known[n]!.map((told, g) => sums[g * stride + n]! + told * shift),
        known[n]!,
      ),
      known: known[n]!,
    })
    for (const [n, one] of four.entries()) found.set(order[c + n]!, sumOf(n, one.shift))
    if (c === 0) found.set('cost', both(found.get('recorded')!, sumOf(filled, four[3]!.shift)))
  }
  return keys.map(key => found.get(key)!)
}

/** Half of what doubles count exactly: two columns are added up. */
function isExact({ facts, shift }: PackedNumbers, calls: number): boolean {
  return (facts.largest + Math.abs(shift)) * calls <= Number.MAX_SAFE_INTEGER / 2
}

/** `patterns`: how many calls of each group know which of the columns, a bit each. */
function addFour(sums: Float64Array, patterns: Uint32Array, of: Uint32Array, four: readonly PackedNumbers[]): void {
  const [a, b, c, d] = four as [PackedNumbers, PackedNumbers, PackedNumbers, PackedNumbers]
  const [wordsA, toA, inA, bitsA, maskA] = [a.words, a.toWord, a.inWord, a.bits, a.mask]
  const [wordsB, toB, inB, bitsB, maskB] = [b.words, b.toWord, b.inWord, b.bits, b.mask]
  const [wordsC, toC, inC, bitsC, maskC] = [c.words, c.toWord, c.inWord, c.bits, c.mask]
  const [wordsD, toD, inD, bitsD, maskD] = [d.words, d.toWord, d.inWord, d.bits, d.mask]
  const all = a.allKnown | (b.allKnown << 1) | (c.allKnown << 2) | (d.allKnown << 3)
  for (let n = 0; n < of.length; n++) {
    const group = of[n]!
    const at = group * stride
    const numberA = ((wordsA[n >>> toA]! >>> ((n & inA) * bitsA)) & maskA) >>> 0
    const numberB = ((wordsB[n >>> toB]! >>> ((n & inB) * bitsB)) & maskB) >>> 0
    const numberC = ((wordsC[n >>> toC]! >>> ((n & inC) * bitsC)) & maskC) >>> 0
    const numberD = ((wordsD[n >>> toD]! >>> ((n & inD) * bitsD)) & maskD) >>> 0
    const pattern =
      all |
      Number(numberA !== 0) |
      (Number(numberB !== 0) << 1) |
      (Number(numberC !== 0) << 2) |
      (Number(numberD !== 0) << 3)
    sums[at]! += numberA
    sums[at + 1]! += numberB
    sums[at + 2]! += numberC
    sums[at + 3]! += numberD
    sums[at + filled]! += (pattern & 4) === 0 ? numberD : 0
    patterns[(group << atOnce) + pattern]!++
  }
}

/** How many calls of each group know each of the columns, and at last the fourth but not the third. */
function knownOf(patterns: Uint32Array, size: number): Float64Array[] {
  const known = Array.from({ length: atOnce + 1 }, () => new Float64Array(size))
  for (let at = 0; at < patterns.length; at++) {
    const calls = patterns[at]!
    if (calls === 0) continue
    for (let n = 0; n < atOnce; n++) if ((at >>> n) & 1) known[n]![at >>> atOnce]! += calls
    if ((at & 12) === 8) known[filled]![at >>> atOnce]! += calls
  }
  return known
}

function both(one: Sums, other: Sums): Sums {
  const known = one.known.map((calls, g) => calls + other.known[g]!)
  return {
    sums: nanWhere(
      one.sums.map((sum, g) => (sum || 0) + (other.sums[g]! || 0)),
      known,
    ),
    known,
  }
}
