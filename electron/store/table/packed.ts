import type { NumberArray } from './arrays.ts'

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
  const packed = { type, length, ...best }
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
export function unpack<T extends Packed['type']>(
  { type, length, from, least, holed, width }: Packed & { readonly type: T },
  bytes: Uint8Array,
): ArrayOf<T> {
  if (bytes.length !== width * length) throw new Error('A packed column is as long as its numbers.')
  if (width === 8) {
    const whole = new Float64Array(bytes.buffer, bytes.byteOffset, length)
    return (type === 'f64' ? whole : new arrays[type](whole)) as ArrayOf<T>
  }
  const column = new arrays[type](length) as ArrayOf<T>
  const [low, high] = halves(bytes, { length, width })
  const shift = least - (holed ? 1 : 0)
  if (width === 0) column.fill(holed ? Number.NaN : least)
  else column.set(low)
  // A loop over arrays of several sorts takes ten times as long: each has its own.
  if (column instanceof Float64Array) {
    if (high) for (let i = 0; i < length; i++) column[i]! += high[i]! * 2 ** 32
    if (holed && width > 0)
      for (let i = 0; i < length; i++) column[i] = column[i] === 0 ? Number.NaN : column[i]! + shift
    else if (width > 0 && shift !== 0) for (let i = 0; i < length; i++) column[i]! += shift
  } else if (column instanceof Uint32Array) {
    if (width > 0 && shift !== 0) for (let i = 0; i < length; i++) column[i]! += shift
    if (from === 'place') for (let i = 0; i < length; i++) column[i]! += i
    else if (from === 'last') for (let i = 1; i < length; i++) column[i]! += column[i - 1]!
  } else {
    if (width > 0 && shift !== 0) for (let i = 0; i < length; i++) column[i] = column[i]! + shift
    if (from === 'place') for (let i = 0; i < length; i++) column[i] = column[i]! + i
    else if (from === 'last') for (let i = 1; i < length; i++) column[i] = column[i]! + column[i - 1]!
  }
  return column
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
