// What counts as kept but not understood: beside attributes also what stands inside them, in lines, around spans and beside.

import { expect, test } from 'vitest'
import { conventions, readFacts } from '../../shared/conventions/index.ts'
import { UnreadFinder } from '../../shared/conventions/unread.ts'
import type { KnownNames } from '../../shared/conventions/convention.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'
import { attributes, rawSpan } from './read-dump.ts'

interface Noted {
  readonly span: RawSpan
  readonly record?: object
  readonly fields?: KnownNames
}

function unread(...noted: readonly Noted[]): Record<string, number> {
  const found = new Map<string, number>()
  const finder = new UnreadFinder(conventions, (name, spans) => found.set(name, (found.get(name) ?? 0) + spans))
  for (const { span, record, fields } of noted) finder.note(span, readFacts(span).conventions, record, fields)
  finder.flush()
  return Object.fromEntries(found)
}

test('what stands in an attribute that is opened is told field by field', () => {
  const span = rawSpan({
    dialect: 'langsmith-runs',
    attributes: { id: '1', extra: attributes({ metadata: attributes({ any: 'thing' }), runtime: {}, shoe_size: 44 }) },
  })
  expect(unread({ span })).toEqual({ 'extra.shoe_size': 1 })
  const asText = rawSpan({ dialect: 'langsmith-runs', attributes: { extra: '{"shoe_size":44}' } })
  expect(unread({ span: asText }), 'a text is no object').toEqual({})
})

test('OpenAI Agents: span data, and the answer in it', () => {
  const answer = attributes({ id: 'resp_1', model: 'gpt-5', shoe_size: 44 })
  const data = attributes({ type: 'response', response_id: 'resp_1', _response: answer, mood: 'good' })
  const span = rawSpan({ dialect: 'openai-agents', attributes: { id: 's', span_data: data } })
  expect(unread({ span })).toEqual({ 'span_data._response.shoe_size': 1, 'span_data.mood': 1 })
})

test('Codex: lines, in their payload, in an item of it and bare', () => {
  const line = (event: object) =>
    rawSpan({ dialect: 'codex', events: [{ name: 'response', attributes: attributes(event) }] })
  const payload = attributes({ type: 'message', content: [], mood: 'good', item: attributes({ exit_code: 0, hue: 1 }) })
  expect(unread({ span: line({ timestamp: 't', type: 'response_item', payload, ordinal: 1 }) })).toEqual({
    'payload.mood': 1,
    'payload.item.hue': 1,
  })
  expect(unread({ span: line({ type: 'message', content: [], mood: 'good' }) })).toEqual({ mood: 1 })
})

test('what stands around spans counts for each of them', () => {
  const resource = attributes({ 'service.name': 'shop', 'host.name': 'web-1', 'my.team': 'search' })
  const scope = { name: 'mine', attributes: attributes({ 'my.scope': 1 }) }
  const other = attributes({ 'my.team': 'cart' })
  const spans = [resource, resource, resource, other, resource].map(around => ({
    span: rawSpan({ resource: around, scope }),
  }))
  expect(unread(...spans)).toEqual({ 'resource my.team': 5, 'scope my.scope': 5 })
})

test('what a container put around its spans is no resource', () => {
  const info = attributes({ trace_id: 'tr-1', tags: attributes({ 'mlflow.user': 'x', mine: 'y' }), hue: 1 })
  const span = rawSpan({ dialect: 'mlflow', resource: attributes({ info }) })
  expect(unread({ span })).toEqual({ 'resource info.tags.mine': 1, 'resource info.hue': 1 })
})

test('fields of a record beside its attributes', () => {
  const fields = { reads: ['name', 'attributes'], keeps: ['dropped*'] }
  const noted = (record: object) => ({ span: rawSpan(), record, fields })
  const same = { name: 'a', attributes: {}, droppedLinks: 1, hue: 1 }
  expect(
    unread(noted(same), noted({ ...same }), noted({ name: 'b', attributes: {} }), noted(same), noted({ ['\0…']: 1 })),
  ).toEqual({ 'field hue': 3, 'field of a long name': 1 })
})

test('a field that says nothing is not counted', () => {
  const nothing = { a: null, b: '', c: [], d: attributes({}) }
  const resource = attributes({ ...nothing, e: 0 })
  const fields = { reads: ['name'] }
  expect(
    unread(
      {
        span: rawSpan({ attributes: { ...nothing, f: false }, resource }),
        record: { name: 'x', ...nothing, g: [0] },
        fields,
      },
      { span: rawSpan({ resource }), record: { name: 'x', ...nothing, g: [] }, fields },
    ),
  ).toEqual({ f: 1, 'resource e': 2, 'field g': 1 })
})

test('names that are hostile, and fields of fields without end', () => {
  let deep = attributes({ hue: 1 })
  for (let i = 0; i < 10_000; i++) deep = attributes({ item: deep })
  const span = rawSpan({
    dialect: 'codex',
    attributes: { ['__proto__x']: 1, constructor: 2 },
    events: [{ name: 'response', attributes: attributes({ payload: deep }) }],
  })
  expect(unread({ span })).toEqual({ ['__proto__x']: 1, constructor: 1, 'payload.item.item.item': 1 })
})
