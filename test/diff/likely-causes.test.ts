import { expect, test } from 'vitest'
import { fingerprintOf, partsOfCall, type CallParts } from '../../shared/diff/call-parts.ts'
import { likelyCauses } from '../../shared/diff/likely-causes.ts'
import type { Span } from '../../shared/domain/span.ts'

const call = (question: string, more: Partial<Span> = {}): CallParts => {
  const span: Span = {
    id: 'a',
    kind: 'generation',
    name: 'plan',
    status: 'ok',
    requestModel: 'small',
    parameters: { temperature: 0.2 },
    toolsOffered: [{ name: 'search' }],
    inputMessages: [
      { role: 'system', parts: [{ type: 'text', text: 'Be brief.\nRefund up to 50.' }] },
      { role: 'user', parts: [{ type: 'text', text: question }] },
    ],
    attributes: {},
    ...more,
  }
  return partsOfCall(span, { documents: [], sent: 'Be brief.\nRefund up to 50.', variables: {} })
}
const parts = (found: ReturnType<typeof likelyCauses>) => found.causes.map(one => one.part)

test('what all good calls agreed on comes before what differs from call to call', () => {
  const good = ['one', 'two', 'three'].map(question => call(question))
  const bad = call('four', { parameters: { temperature: 1 }, toolsOffered: [] })
  const found = likelyCauses(good, bad)
  expect(parts(found)).toEqual(['parameters', 'tools', 'input'])
  expect(found.causes[0]).toMatchObject({ words: 'temperature 0.2 → 1', asGood: 3, asBad: 0 })
  expect(found.causes[2]).toMatchObject({ asGood: 1, asBad: 0 })
  expect(found.same).toEqual(['prompt', 'model'])
})

test('what good calls had too is no likely cause', () => {
  const other = { requestModel: 'large' }
  const good = [call('a'), call('b', other), call('c', other)]
  const found = likelyCauses(good, call('d', { ...other, parameters: { temperature: 0 } }))
  expect(parts(found)).toEqual(['parameters', 'input', 'model'])
  expect(found.causes[2]).toMatchObject({ asGood: 1, asBad: 2 })
})

test('texts are told by the first line that changed, and whole as a patch', () => {
  const bad = { ...call('one'), prompt: 'Be brief.\nRefund up to 100.' }
  const { causes } = likelyCauses([call('one')], bad)
  expect(causes).toMatchObject([{ part: 'prompt', words: '-Refund up to 50. +Refund up to 100.' }])
  expect(causes[0]!.patch).toContain('-Refund up to 50.\n')
})

test('what one of the two does not say is neither the same nor different', () => {
  const found = likelyCauses([call('a')], { ...call('a'), fingerprint: 'fp_1', parameters: undefined })
  expect(found).toMatchObject({ causes: [], unsaid: ['fingerprint', 'parameters'] })
})

test('which build of a model answered is compared where both calls were answered', () => {
  const answered = (model: string) => call('one', { requestModel: 'large', model })
  expect(likelyCauses([answered('large-05')], answered('large-11')).causes).toMatchObject([
    { part: 'answering model', words: 'large-05 → large-11' },
  ])
  const failed = call('one', { requestModel: 'large', model: 'large', status: 'error' })
  expect(likelyCauses([answered('large-05')], failed)).toMatchObject({ causes: [], unsaid: ['answering model'] })
})

test.each([
  [{ 'openai.response.system_fingerprint': 'fp_1' }, 'fp_1'],
  [{ response: { body: { system_fingerprint: 'fp_2' } } }, 'fp_2'],
  [{ 'output.value': '{"choices":[],"system_fingerprint":"fp_3"}' }, 'fp_3'],
  [{ 'input.value': '{"system_fingerprint":"fp_4"}' }, undefined],
])('the fingerprint of a model is found in what answered: %j', (attributes, expected) => {
  expect(fingerprintOf(attributes)).toBe(expected)
})
