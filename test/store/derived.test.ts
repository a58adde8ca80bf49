import { expect, test } from 'vitest'
import { Derived, ownColumn } from '../../electron/store/table/derived.ts'

/** Which of these keys are still there when all of them were made, in this order. */
function kept(most: number, made: Readonly<Record<string, unknown>>): string[] {
  const derived = new Derived(most)
  for (const [key, value] of Object.entries(made)) derived.get(key, () => value)
  return Object.keys(made).filter(key => derived.has(key))
}

test('what was asked for longest ago goes when there is no more room', () => {
  const [a, b, c] = [new Uint8Array(40), new Uint8Array(40), new Uint8Array(40)]
  expect(kept(100, { a, b, c })).toEqual(['b', 'c'])
  expect(kept(100, { a: { codes: a }, b: { codes: b }, c: { codes: c } })).toEqual(['b', 'c'])
})

test('an array under two keys takes its room once, and until both are gone', () => {
  const [a, b, c] = [new Uint8Array(40), new Uint8Array(40), new Uint8Array(40)]
  expect(kept(100, { a, again: { same: a.subarray(1) }, b })).toEqual(['a', 'again', 'b'])
  expect(kept(100, { a, again: a, b, c })).toEqual(['b', 'c'])
})

test('a column of the table takes no room, and what is made on demand is not made to be counted', () => {
  const own = ownColumn(new Uint8Array(1000))
  let made = 0
  const lazy = {
    get codes() {
      made++
      return new Uint8Array(1000)
    },
  }
  expect(kept(100, { own, lazy, a: new Uint8Array(90) })).toEqual(['own', 'lazy', 'a'])
  expect(made).toBe(0)
})
