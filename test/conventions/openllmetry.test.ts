import { expect, test } from 'vitest'
import { readWhole } from '../../shared/conventions/index.ts'
import { attributes, hasCorpus, rawSpan, readDump } from './read-dump.ts'

function read(fields: object, events: readonly { name: string; attributes: object }[] = []) {
  const told = events.map(event => ({ name: event.name, attributes: attributes(event.attributes) }))
  return readWhole(rawSpan({ attributes: fields, events: told }))
}

test.each([
  ['workflow', 'workflow'],
  ['task', 'chain'],
  ['agent', 'agent'],
  ['tool', 'tool'],
  ['unknown', 'other'],
])('a %s is a %s', (word, kind) => {
  expect(read({ 'traceloop.span.kind': word, 'traceloop.entity.name': 'step' }).kind).toBe(kind)
})

test.each<[object, unknown]>([
  [{ args: ['refund?'], kwargs: {} }, 'refund?'],
  [{ args: [], kwargs: { question: 'refund?' } }, { question: 'refund?' }],
  [
    { args: ['a', 'b'], kwargs: {} },
    { args: ['a', 'b'], kwargs: {} },
  ],
  [
    { inputs: 1, kwargs: {} },
    { inputs: 1, kwargs: {} },
  ],
  [{ args: [], kwargs: {} }, undefined],
])('what a step was called with: %j', (written, input) => {
  const span = read({ 'traceloop.span.kind': 'task', 'traceloop.entity.input': JSON.stringify(written) })
  expect(span.input).toEqual(input)
})

test('association properties are metadata, and the known ones say who and what', () => {
  const span = read({
    'traceloop.span.kind': 'workflow',
    'traceloop.workflow.name': 'triage',
    'traceloop.association.properties.session_id': 's1',
    'traceloop.association.properties.userId': 'u1',
    'traceloop.association.properties.tenant_id': 't1',
    'traceloop.association.properties.plan': 'gold',
  })
  expect(span).toMatchObject({
    session: 's1',
    user: 'u1',
    tenant: 't1',
    readBy: { session: 'traceloop.association.properties.session_id' },
  })
  expect(span.metadata).toEqual({ session_id: 's1', userId: 'u1', tenant_id: 't1', plan: 'gold' })
})

test('a managed prompt', () => {
  const span = read({
    'gen_ai.operation.name': 'chat',
    'traceloop.prompt.key': 'support',
    'traceloop.prompt.version': 17,
    'traceloop.prompt.version_name': 'production',
    'traceloop.prompt.template': 'Answer {{name}}.',
    'traceloop.prompt.template_variables.name': 'Zoë',
  })
  expect(span.prompt).toEqual({
    name: 'support',
    version: '17',
    label: 'production',
    template: 'Answer {{name}}.',
    variables: { name: 'Zoë' },
  })
})

test('a vector store answers with documents; distance is not score', () => {
  const span = read({ 'db.system': 'chroma', 'db.vector.query.top_k': 2 }, [
    {
      name: 'db.query.result',
      attributes: {
        'db.query.result.id': 'doc-1',
        'db.query.result.distance': 0.1,
        'db.query.result.document': 'Refunds.',
      },
    },
    {
      name: 'db.query.result',
      attributes: {
        'db.query.result.id': 'doc-2',
        'db.query.result.score': 0.7,
        'db.query.result.metadata': '{"page":2}',
      },
    },
  ])
  expect(span).toMatchObject({ kind: 'retrieval', parameters: { top_k: 2 } })
  expect(span.documents).toEqual([
    { rank: 1, id: 'doc-1', content: 'Refunds.', metadata: { distance: 0.1 } },
    { rank: 2, id: 'doc-2', score: 0.7, metadata: { page: 2 } },
  ])
})

test('a fork that writes both prefixes says it once, one that writes its own is understood', () => {
  const both = read({
    'ioa_observe.span.kind': 'tool',
    'ioa_observe.entity.name': 'other',
    'traceloop.span.kind': 'agent',
    'traceloop.entity.name': 'supervisor',
  })
  expect(both).toMatchObject({ kind: 'agent', agent: 'supervisor', readBy: { agent: 'traceloop.entity.name' } })
  const own = read({
    'ioa_observe.span.kind': 'agent',
    'ioa_observe.entity.name': 'supervisor',
    'ioa_observe.entity.output': '{"a":1}',
  })
  expect(own).toMatchObject({ kind: 'agent', agent: 'supervisor', output: { a: 1 } })
})

test('a guardrail', () => {
  const span = read({
    'gen_ai.guardrail.name': 'pii',
    'gen_ai.guardrail.status': 'error',
    'gen_ai.guardrail.input': '"text"',
  })
  expect(span).toMatchObject({ kind: 'guardrail', status: 'error' })
})

test.skipIf(!hasCorpus)('every step of a real run says what came out of it', () => {
  for (const generation of ['0.14', '0.27']) {
    const spans = readDump(`generated/openllmetry-${generation}/traces.jsonl`).map(readWhole)
    const steps = spans.filter(({ kind }) => kind === 'chain' || kind === 'workflow')
    expect(steps.length).toBeGreaterThan(3)
    const silent = steps.filter(({ output, status }) => output === undefined && status !== 'error')
    expect(silent.map(({ name }) => name)).toEqual([])
    expect(steps.filter(({ input }) => input !== undefined).length).toBeGreaterThan(1)
  }
})
