import { expect, test } from 'vitest'
import { traceFromText } from '../helpers/draw-trace.ts'

test('a drawing becomes spans with parents, times and tokens', () => {
  const trace = traceFromText(`
    agent        answer       20..900
      generation gpt-4o        0..400  in:120 out:30
      tool       "find order" 410..    error
    tool         after        901..902.5
  `)
  expect(trace.span('gpt-4o')).toMatchObject({
    parentId: trace.span('answer').id,
    start: 0,
    end: 400,
    tokens: { in: 120, out: 30 },
  })
  expect(trace.span('find order')).toMatchObject({ parentId: trace.span('answer').id, failed: true })
  expect(trace.span('find order')).not.toHaveProperty('end')
  expect(trace.span('after')).not.toHaveProperty('parentId')
  expect(trace.line()).toContain('"endTimeUnixNano":"1767225600902500000"')
})

test('what is no drawing is refused', () => {
  expect(() => traceFromText('agent answer')).toThrow('Not a line of a drawing')
})
