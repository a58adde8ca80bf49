import { expect, test } from 'vitest'
import { spanKinds, type SpanKind } from '../../shared/domain/kind.ts'
import { countCalls } from '../../shared/tree/calls.ts'

/**
 * A trace as text, one span a line, indented under its parent: `kind input/output #response`. Answers which spans count:
 * `c` a call, `u` other usage, `r` restated, `.` neither.
 */
function count(picture: string): string {
  const lines = picture.split('\n').filter(line => line.trim() !== '')
  const depths = lines.map(line => line.search(/\S/))
  const words = lines.map(line => line.trim().split(/\s+/))
  const usage = (i: number, side: number) => {
    const told = words[i]!.find(word => word.includes('/'))?.split('/')[side]
    return told === undefined || told === '' ? NaN : Number(told)
  }
  const { counted, restated } = countCalls({
    last: lines.map((_, i) => {
      const next = depths.findIndex((depth, j) => j > i && depth <= depths[i]!)
      return next === -1 ? lines.length - 1 : next - 1
    }),
    kind: words.map(([kind]) => spanKinds.indexOf(kind as SpanKind)),
    input: lines.map((_, i) => usage(i, 0)),
    output: lines.map((_, i) => usage(i, 1)),
    responseId: words.map(told => Number(told.find(word => word.startsWith('#'))?.slice(1) ?? 0)),
  })
  return lines.map((_, i) => (counted[i] === 1 ? 'c' : counted[i] === 2 ? 'u' : restated[i] ? 'r' : '.')).join('')
}

test.each([
  [
    'ADK: call_llm around generate_content with the same numbers',
    'rcrc',
    `
    generation 157/51
      generation 157/51
    generation 222/33
      generation 222/33`,
  ],
  [
    'AI SDK 5: generateText restates only the last step',
    'rcc',
    `
    chain 172/14
      generation 95/32
      generation 172/14`,
  ],
  [
    'AI SDK 7: invoke_agent is the sum of its steps',
    'r.c.c',
    `
    agent 259/46
      chain
        generation 91/32 #1
      chain
        generation 168/14 #2`,
  ],
  [
    'an agent whose sum is larger: children are missing, the ones there count',
    'rc',
    `
    agent 500/90
      generation 91/32`,
  ],
  [
    'Pydantic AI before 2: usage on the agent',
    'rcc',
    `
    agent 1251/78
      generation 588/53
      generation 663/25`,
  ],
  [
    'embedMany: the outer embedding repeats the inner ones',
    'ruu',
    `
    embedding 8/
      embedding 3/
      embedding 5/`,
  ],
  ['embedMany with one batch', 'ru', 'embedding 3/\n  embedding 3/'],
  ['an agent that is alone with its usage', 'u', 'agent 132/850'],
  [
    'agents inside an agent, no call: the inner ones count',
    'ru.',
    `
    agent 100/10
      agent 60/5
      tool`,
  ],
  [
    'an agent with its own usage beside an embedding',
    'uu',
    `
    agent 100/10
      embedding 7/`,
  ],
  [
    'the same response id, whatever the numbers',
    'rc',
    `
    generation 10/5 #7
      generation 30/5 #7`,
  ],
  [
    'a generation inside a generation with usage of its own',
    'cc',
    `
    generation 10/5 #1
      generation 30/6 #2`,
  ],
  [
    'a wrapper without usage is no call',
    '.c',
    `
    generation
      generation 30/6`,
  ],
  ['a failed call without usage is a call', 'c', 'generation'],
  [
    'equal usage of siblings is two calls',
    '.cc',
    `
    agent
      generation 10/5
      generation 10/5`,
  ],
  [
    'a wrapper that tells only its input',
    'rcc',
    `
    generation 40/
      generation 10/5
      generation 30/6`,
  ],
  [
    'three levels',
    'rrc',
    `
    generation 10/5
      generation 10/5
        generation 10/5`,
  ],
  [
    'a wrapper does not reach past its own subtree',
    'ccr c'.replace(' ', ''),
    `
    generation 9/9
    generation 10/5
    generation 20/6
      generation 20/6`,
  ],
])('%s', (_what, expected, picture) => {
  expect(count(picture)).toBe(expected)
})

test('a chain 100,000 deep is counted in one pass', () => {
  const n = 100_000
  const started = performance.now()
  const { counted, restated } = countCalls({
    last: new Uint32Array(n).fill(n - 1),
    kind: new Uint8Array(n),
    input: new Float64Array(n).fill(10),
    output: new Float64Array(n).fill(5),
    responseId: new Uint32Array(n),
  })
  expect(counted.reduce((sum, x) => sum + x, 0)).toBe(1)
  expect(restated.reduce((sum, x) => sum + x, 0)).toBe(n - 1)
  expect(performance.now() - started).toBeLessThan(1000)
})

test('arrays may be longer than the trace', () => {
  const { counted } = countCalls({
    count: 1,
    last: [0, 99],
    kind: [0, 0],
    input: [1, 1],
    output: [1, 1],
    responseId: [0, 0],
  })
  expect([...counted]).toEqual([1])
})
