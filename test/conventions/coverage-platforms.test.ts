// Every attribute that Langfuse and LangSmith publish has a home in what we read, or is known to say nothing more.

import { createRequire } from 'node:module'
import { LangfuseOtelSpanAttributes } from '@langfuse/core'
import { expect, test } from 'vitest'
import { conventions, readFacts } from '../../shared/conventions/index.ts'
import { UnreadFinder } from '../../shared/conventions/unread.ts'
import { rawSpan } from './read-dump.ts'

function unread(names: readonly string[]): string[] {
  const span = rawSpan({ attributes: Object.fromEntries(names.map(name => [name, 'x'])) })
  const found: string[] = []
  const finder = new UnreadFinder(conventions, name => found.push(name))
  finder.note(span, readFacts(span).conventions)
  finder.flush()
  return found
}

test('Langfuse', () => {
  const names = Object.values(LangfuseOtelSpanAttributes)
  expect(names.length).toBeGreaterThan(30)
  expect(unread([...names, 'langfuse.trace.metadata.tenant', 'langfuse.observation.metadata.step'])).toEqual([])
})

test('LangSmith', () => {
  // The package does not export its constants, so they are found beside its entry.
  const entry = createRequire(import.meta.url).resolve('langsmith')
  const folder = entry.slice(0, entry.indexOf('langsmith') + 'langsmith'.length)
  const constants = createRequire(import.meta.url)(`${folder}/lib/experimental/otel/constants.js`) as object
  const names = Object.values(constants).filter(
    value => typeof value === 'string' && /^[a-z_]+\./.test(value),
  ) as string[]
  const events = /\.message$|^gen_ai\.choice$/
  expect(names.length).toBeGreaterThan(40)
  expect(unread([...names.filter(name => !events.test(name)), 'langsmith.metadata.thread_id'])).toEqual([])
})

test('a name that nobody published is told', () => {
  expect(unread(['langfuse.observation.type', 'langfuse.made.up'])).toEqual(['langfuse.made.up'])
})
