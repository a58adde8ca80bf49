import type { NumberArray } from './arrays.ts'
import { factsOf, noteFacts, type ColumnFacts } from './column-facts.ts'

/** A column in as few bytes as its numbers take. What is said of it here is JSON; the bytes stand apart. */
export interface Packed {
  readonly type: keyof typeof arrays
  readonly length: number
  /** What the numbers are counted from: 0, their place, or the number before. */
  readonly from: 'zero' | 'place' | 'last'
  /** The smallest of them. */
  readonly least: number
  /** Of whole numbers: 0 stands for NaN, all others are one more. */
  readonly holed: boolean
  /** Bytes each: 0 where all are the same, 6 are four and two in two rows; 8 as they are, none of the above. */
  readonly width: 0 | 1 | 2 | 4 | 6 | 8
  /** Of whole numbers some of which may be unknown. */
  readonly facts?: ColumnFacts
}

const arrays = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i32: Int32Array, f64: Float64Array }
type ArrayOf<T extends Packed['type']> = InstanceType<(typeof arrays)[T]>

/** What a column is packed as, and its bytes; others have their turn between walks along it. */
export function* pack(
  column: NumberArray,
): Generator<void, { readonly packed: Packed; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const type = typeOf(column)
  const { length } = column
  // One sort of array makes fast loops.
  const numbers = column instanceof Float64Array ? column : new Float64Array(column)
  let best = rangeOf(numbers)
  // What has unknown numbers is counted from none.
  for (const range of type === 'f64' ? [] : [rangeFromPlace, rangeFromLast]) {
    yield
    const other = range(numbers)
    if (other.width < best.width) best = other
  }
  yield
  const packed = { type, length, ...best, ...(type === 'f64' && best.width < 8 ? { facts: factsOf(numbers) } : {}) }
  if (best.width === 8) return { packed, bytes: new Uint8Array(numbers.slice().buffer) }
  const bytes = new Uint8Array(best.width * length)
  if (best.width > 0) fill(halves(bytes, packed), counted(numbers, best.from), (best.holed ? 1 : 0) - best.least)
  return { packed, bytes }
}

type Halves = ReturnType<typeof halves>

function fill([low, high]: Halves, numbers: Float64Array, shift: number): void {
  // NaN becomes 0.
  for (let i = 0; i < numbers.length; i++) low[i] = numbers[i]! + shift
  if (high) for (let i = 0; i < numbers.length; i++) high[i] = (numbers[i]! + shift) / 2 ** 32
}

function counted(numbers: Float64Array, from: Packed['from']): Float64Array {
  if (from === 'zero') return numbers
  if (from === 'place') return numbers.map((number, i) => number - i)
  return numbers.map((number, i) => (i === 0 ? number : number - numbers[i - 1]!))
}

/** The column again; undefined where the bytes are not its own. */
export function unpack<T extends Packed['type']>(packed: Packed & { readonly type: T }, bytes: Uint8Array): ArrayOf<T> {
  const column = numbersIn(packed, bytes)
  if (packed.facts && column instanceof Float64Array) noteFacts(column, packed.facts)
  return column
}

function numbersIn<T extends Packed['type']>(
  { type, length, from, least, holed, width }: Packed & { readonly type: T },
  bytes: Uint8Array,
): ArrayOf<T> {
  if (bytes.length !== width * length) throw new Error('A packed column is as long as its numbers.')
  if (width === 8) {
    const whole = new Float64Array(bytes.buffer, bytes.byteOffset, length)
    return (type === 'f64' ? whole : new arrays[type](whole)) as ArrayOf<T>
  }
  const [low, high] = halves(bytes, { length, width })
  const shift = least - (holed ? 1 : 0)
  // The bytes are the numbers.
  if (shift === 0 && from === 'zero' && width > 0 && low instanceof arrays[type]) return low as ArrayOf<T>
  const column = new arrays[type](length) as ArrayOf<T>
  if (width === 0) column.fill(holed ? Number.NaN : least)
  // A loop over arrays of several sorts takes ten times as long: numbers of one byte and of two are made four before.
  else if (column instanceof Float64Array) fillDoubles(column, asWords(low), high, shift, holed)
  else column.set(low)
  if (column instanceof Float64Array) return column
  const added = width === 0 ? 0 : shift
  if (column instanceof Uint32Array) addWords(column, from, added)
  else addOthers(column, from, added)
  return column
}

function asWords(low: Uint8Array | Uint16Array | Uint32Array): Uint32Array {
  return low instanceof Uint32Array ? low : new Uint32Array(low)
}

function fillDoubles(
  column: Float64Array,
  low: Uint32Array,
  high: Uint16Array | undefined,
  shift: number,
  holed: boolean,
): void {
  if (high) fillLong(column, low, high, shift, holed ? Number.NaN : shift)
  else if (holed) fillHoled(column, low, shift)
  else fillWhole(column, low, shift)
}

function fillWhole(column: Float64Array, low: Uint32Array, shift: number): void {
  for (let i = 0; i < column.length; i++) column[i] = low[i]! + shift
}

/** Without a branch, of which processors would foresee every other wrongly where half of the numbers are unknown. */
function fillHoled(column: Float64Array, low: Uint32Array, shift: number): void {
  const shifts = Float64Array.of(Number.NaN, shift)
  for (let i = 0; i < column.length; i++) column[i] = low[i]! + shifts[Number(low[i] !== 0)]!
}

/** Of four bytes and two. `none`: what is added to 0. */
function fillLong(column: Float64Array, low: Uint32Array, high: Uint16Array, shift: number, none: number): void {
  const shifts = Float64Array.of(none, shift)
  for (let i = 0; i < column.length; i++) {
    const number = low[i]! + high[i]! * 2 ** 32
    column[i] = number + shifts[Number(number !== 0)]!
  }
}

function addWords(column: Uint32Array, from: Packed['from'], shift: number): void {
  if (shift !== 0) for (let i = 0; i < column.length; i++) column[i]! += shift
  if (from === 'place') for (let i = 0; i < column.length; i++) column[i]! += i
  else if (from === 'last') for (let i = 1; i < column.length; i++) column[i]! += column[i - 1]!
}

function addOthers(column: Uint8Array | Uint16Array | Int32Array, from: Packed['from'], shift: number): void {
  if (shift !== 0) for (let i = 0; i < column.length; i++) column[i]! += shift
  if (from === 'place') for (let i = 0; i < column.length; i++) column[i]! += i
  else if (from === 'last') for (let i = 1; i < column.length; i++) column[i]! += column[i - 1]!
}

/** The largest of a column of whole numbers. Of ascending ones, and where all are the same, without unpacking it. */
export function largestOf(packed: Packed, bytes: Uint8Array): number {
  const { from, least, length, width } = packed
  if (from === 'last' && least >= 0 && width <= 1) return length * least + sumOf(bytes)
  if (width === 0) return from === 'place' ? least + length - 1 : least
  return most(unpack(packed, bytes) as Uint32Array)
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i++) sum += bytes[i]!
  return sum
}

function most(numbers: Uint32Array): number {
  let found = 0
  for (let i = 0; i < numbers.length; i++) if (numbers[i]! > found) found = numbers[i]!
  return found
}

function typeOf(column: NumberArray): Packed['type'] {
  const names = Object.keys(arrays) as Packed['type'][]
  return names.find(name => column instanceof arrays[name])!
}

type Range = Pick<Packed, 'from' | 'least' | 'holed' | 'width'>

/** As it is: with fractions, with what is too large to be counted, or -0. */
const whole: Range = { from: 'zero', least: 0, holed: false, width: 8 }
const furthest = Number.MAX_SAFE_INTEGER

/** How far the numbers reach. */
function rangeOf(numbers: Float64Array): Range {
  let [least, most, holed] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, false]
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!
    if (number !== number) {
      holed = true
      continue
    }
    if (!(number >= -furthest && number <= furthest) || Math.floor(number) !== number) return whole
    if (number === 0 && Object.is(number, -0)) return whole
    if (number < least) least = number
    if (number > most) most = number
  }
  return least > most ? { from: 'zero', least: 0, holed, width: 0 } : reaching('zero', least, most, holed)
}

function rangeFromPlace(numbers: Float64Array): Range {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]! - i
    if (number < least) least = number
    if (number > most) most = number
  }
  return least > most ? whole : reaching('place', least, most, false)
}

function rangeFromLast(numbers: Float64Array): Range {
  let [least, most, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]! - last
    last = numbers[i]!
    if (number < least) least = number
    if (number > most) most = number
  }
  return least > most ? whole : reaching('last', least, most, false)
}

function reaching(from: Packed['from'], least: number, most: number, holed: boolean): Range {
  const reach = most - least + (holed ? 1 : 0)
  const width = ([0, 1, 2, 4, 6] as const).find(bytes => reach < 2 ** (8 * bytes))
  return width === undefined ? whole : { from, least, holed, width }
}

function halves(bytes: Uint8Array, { length, width }: Pick<Packed, 'length' | 'width'>) {
  const at = bytes.byteOffset
  const low =
    width === 1 || width === 0
      ? bytes
      : width === 2
        ? new Uint16Array(bytes.buffer, at, length)
        : new Uint32Array(bytes.buffer, at, length)
  const high = width === 6 ? new Uint16Array(bytes.buffer, at + length * 4, length) : undefined
  return [low, high] as const
}
