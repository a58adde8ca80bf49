import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalText, decimalToNano, nanoToDecimal } from '../../shared/domain/numbers.ts'

test.each([
  [3.705e-5, '0.00003705'],
  [0.031, '0.031'],
  ['0.0310', '0.0310'],
  ['3.705E-05', '0.00003705'],
  ['.5', '0.5'],
  ['+007.10', '7.10'],
  ['-0', '0'],
  ['-1.50', '-1.50'],
  [0, '0'],
  [1e21, '1000000000000000000000'],
  ['1e3', '1000'],
  ['1.2345e2', '123.45'],
  [12345678901234567890n, '12345678901234567890'],
])('%s is %s', (written, text) => {
  expect(decimalText(written)).toBe(text)
})

test.each([NaN, Infinity, '', '.', 'free', '1e9999', '0x10', '$0.03', null, true, '9'.repeat(500)])(
  'no decimal: %s',
  written => {
    expect(decimalText(written)).toBeUndefined()
  },
)

test('nano-dollars round half to even', () => {
  expect(decimalToNano('0.00003705')).toBe(37_050)
  expect(decimalToNano('0.0000000005')).toBe(0)
  expect(decimalToNano('0.0000000015')).toBe(2)
  expect(decimalToNano('0.00000000250000000001')).toBe(3)
  expect(decimalToNano('-0.0000000015')).toBe(-2)
  expect(decimalToNano('12')).toBe(12_000_000_000)
  expect(decimalToNano('10000000')).toBeUndefined()
  expect(decimalToNano('free')).toBeUndefined()
})

test('nano-dollars and back', () => {
  expect(nanoToDecimal(37_050)).toBe('0.00003705')
  expect(nanoToDecimal(12_000_000_000)).toBe('12')
  expect(nanoToDecimal(0)).toBe('0')
  fc.assert(
    fc.property(fc.maxSafeInteger(), nano => {
      expect(decimalToNano(nanoToDecimal(nano))).toBe(nano)
    }),
  )
})

test('whatever a float prints reads back as itself', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
      const text = decimalText(value)
      expect(text).toMatch(/^-?\d+(\.\d+)?$/)
      expect(Math.abs(Number(text))).toBe(Math.abs(value))
    }),
  )
})
