import { expect, test } from 'vitest'
import { conventions, readFacts, readWhole } from '../../shared/conventions/index.ts'
import { attributes, rawSpan } from './read-dump.ts'

const speaks = (span: ReturnType<typeof rawSpan>) =>
  Math.floor(readFacts(span).conventions / 2 ** conventions.findIndex(({ id }) => id === 'agent-frameworks')) % 2 === 1

test('CrewAI: who was in the crew, and what it was given', () => {
  const span = rawSpan({
    name: 'Crew.kickoff',
    attributes: {
      crew_key: '4d5b',
      crew_agents: '[{"role":"Software developer"}]',
      crew_tasks: '[{"description":"Write HTML"}]',
      crew_inputs: '{"topic":"rain"}',
      'openinference.span.kind': 'CHAIN',
    },
  })
  expect(readWhole(span)).toMatchObject({
    kind: 'chain',
    input: { topic: 'rain' },
    metadata: { agents: [{ role: 'Software developer' }], tasks: [{ description: 'Write HTML' }] },
  })
})

test('kagent says who asked', () => {
  expect(readFacts(rawSpan({ attributes: { 'kagent.user_id': 'admin' } })).facts.user).toBe('admin')
})

test('the words of BeeAI are its own under its scope only', () => {
  const written = { target: 'agent.react.update', thought: 'I will look.', iteration: 2 }
  const under = (name: string) => rawSpan({ attributes: written, scope: { name, attributes: attributes({}) } })
  expect(readWhole(under('openinference.instrumentation.beeai'))).toMatchObject({
    operation: 'agent.react.update',
    metadata: { thought: 'I will look.', iteration: 2 },
  })
  expect(speaks(under('openinference.instrumentation.beeai'))).toBe(true)
  expect(speaks(under('my-app'))).toBe(false)
})
