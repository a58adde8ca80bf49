import { expect, test } from 'vitest'
import { labelOfFields, readLatencyAddress } from '../../renderer/views/costs/latency/model/address.ts'
import { failuresBehind, operationText, spansOf, timesText } from '../../renderer/views/costs/latency/model/texts.ts'

const queryOf = (address: string) => new URLSearchParams(address.split('?')[1]).get('q')

test('an address that names what does not exist shows what is usual', () => {
  const usual = { by: ['name', 'kind', 'model'], sort: { by: 'self', descending: true } }
  expect(readLatencyAddress(new URLSearchParams('ops=nonsense,__proto__&order=-x'))).toEqual(usual)
  expect(readLatencyAddress(new URLSearchParams('ops=kind,kind&order=p95'))).toEqual({
    by: ['kind'],
    sort: { by: 'p95', descending: false },
  })
  expect(labelOfFields(['service', 'name'])).toBe('Service and name')
})

test('what is behind a row is a query, of a failure with its cause; a long one by its beginning', () => {
  const key = ['look "up"', 'tool', null]
  expect(queryOf(spansOf('user:ada', ['name', 'kind', 'model'], key, true))).toBe(
    'user:ada name:"look \\"up\\"" kind:tool -has:model is:error',
  )
  expect(queryOf(failuresBehind('', [...key, 'Request timed out']))).toContain('error:"Request timed out"')
  expect(queryOf(failuresBehind('', [...key, null]))).not.toContain('error:')
  const cut = queryOf(failuresBehind('', [...key, 'word '.repeat(60)]))!
  expect(cut).toMatch(/error:"(?:word )*word"$/)
  expect(cut.length).toBeLessThan(200)
})

test('unknown is a dash', () => {
  expect(operationText('p50', Number.NaN)).toBe('—')
  expect([operationText('share', 0.4), operationText('self', 2e6), operationText('count', 1200)]).toEqual([
    '40%',
    '2.00 s',
    '1,200',
  ])
  expect([timesText(9, 3), timesText(900, 3), timesText(1, 0)]).toEqual(['3.0×', '300×', '—'])
})
