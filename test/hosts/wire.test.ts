import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBody, encodeBody, hasArrays } from '../../shared/contract/wire.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

function roundTrip(output: Record<string, unknown>): Record<string, unknown> {
  const body = encodeBody(output, encode)
  return decodeBody(body.buffer as ArrayBuffer, decode)
}

test('a tree crosses as it is: every array type, NaN, empty arrays, text of any script', () => {
  const output = {
    trace: { name: 'Ünïcödé 🚀', id: 7 },
    id: new Float64Array([1, Number.NaN, -0, Number.MAX_SAFE_INTEGER]),
    last: new Uint32Array([0, 2 ** 32 - 1]),
    depth: new Uint16Array([1, 2, 3]),
    kind: new Uint8Array([255]),
    shift: new Int32Array([-1]),
    none: new Float64Array(0),
    strings: ['', 'a'],
  }
  expect(roundTrip(output)).toEqual(output)
})

test('a window onto a larger buffer crosses as its own part only', () => {
  const whole = new Float64Array([1, 2, 3, 4])
  expect(roundTrip({ part: whole.subarray(1, 3) })).toEqual({ part: new Float64Array([2, 3]) })
})

test('any columns of any length', () => {
  const columns = fc.record({
    a: fc.uint8Array(),
    b: fc.float64Array(),
    c: fc.uint32Array(),
    text: fc.string({ unit: 'binary' }).map(text => text.toWellFormed()),
  })
  fc.assert(
    fc.property(columns, output => {
      expect(roundTrip(output)).toEqual(output)
    }),
  )
})

test('a value that looks like our header stays a value', () => {
  const output = { arrays: [{ key: 'x', type: 'Uint8Array', length: 9 }], x: new Uint8Array([1]) }
  expect(roundTrip(output)).toEqual(output)
})

test('a cut body is an error, not a shorter answer', () => {
  const body = encodeBody({ a: new Float64Array(10) }, encode)
  expect(() => decodeBody(body.slice(0, body.length - 8).buffer, decode)).toThrow(RangeError)
})

test('plain answers need no binary body', () => {
  expect(hasArrays({ rows: [1, 2], total: 2 })).toBe(false)
  expect(hasArrays(null)).toBe(false)
  expect(hasArrays({ id: new Float64Array(1) })).toBe(true)
})
