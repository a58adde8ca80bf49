import { expect, test } from 'vitest'
import { figuresOf } from '../../renderer/components/figures/figures.ts'
import type { Span } from '../../shared/domain/span.ts'

const call = (status: Span['status'], durationNs: string) => ({
  span: { id: 's', kind: 'generation', name: 'ask', status, durationNs, attributes: {} } as unknown as Span,
  cost: undefined,
})

test('sooner is better, but not of a call that failed, nor is later than a failure worse', () => {
  const judged = (a: Span['status'], b: Span['status']) =>
    figuresOf(call(a, '2000000000'), call(b, '1000000000')).find(({ name }) => name === 'Duration')
  expect(judged('ok', 'ok')).toMatchObject({ change: '−50%', judged: 'better' })
  expect(judged('error', 'ok')).not.toHaveProperty('judged')
  expect(judged('ok', 'error')).toMatchObject({ change: '−50%' })
  expect(judged('ok', 'error')).not.toHaveProperty('judged')
})
