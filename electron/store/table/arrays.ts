import type { CancelSignal } from '../../../shared/contract/index.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'

export type NumberArray = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array

/** The same with room for more behind. */
export function longer<A extends NumberArray>(array: A, length: number): A {
  const made = new (array.constructor as new (length: number) => A)(length)
  made.set(array)
  return made
}

/** Fills an array, number by number. A plain loop: `from` of a typed array asks an iterator for each, many times as slow. */
export function filled<A extends NumberArray>(
  made: A,
  from: ArrayLike<number>,
  number: (one: number, i: number) => number,
): A {
  for (let i = 0; i < made.length; i++) made[i] = number(from[i]!, i)
  return made
}

/** Runs work that may be cut into slices to its end. */
export function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

/** The same, letting others have a turn between slices; ends early where nobody waits any more. */
export async function finishInTurns<T>(work: Generator<void, T>, signal?: CancelSignal): Promise<T> {
  for (;;) {
    if (signal?.aborted) throw new InspectorError('cancelled', 'Cancelled.')
    const step = work.next()
    if (step.done) return step.value
    await new Promise(resolve => setImmediate(resolve))
  }
}

/** Place of the first of these ascending rows that is `row` or comes after it; their number where none does. */
export function firstAt(rows: Uint32Array, row: number): number {
  let [from, to] = [0, rows.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (rows[middle]! < row) from = middle + 1
    else to = middle
  }
  return from
}

/** What is unknown adds nothing; two unknowns stay unknown. */
export function plus(a: number, b: number): number {
  return Number.isNaN(a) ? b : Number.isNaN(b) ? a : a + b
}
