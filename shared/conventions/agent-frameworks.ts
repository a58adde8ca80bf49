// What agent frameworks add to spans that otherwise speak OpenInference or GenAI: CrewAI (`crew_*`), BeeAI (ordinary words
// under its own scope), kagent, Microsoft's agent framework. Seen in dumps; none of it is specified.

import type { RawSpan } from '../domain/raw-span.ts'
import type { Content, Convention, Facts, Reading } from './convention.ts'
import { asJson, asLabel, emptyObject } from './values.ts'

const prefixes = ['crew_', 'crewai', 'kagent.', 'beeai.', 'agent_framework.'] as const

const isBeeAi = (span: RawSpan): boolean => span.scope.name?.includes('beeai') ?? false

function facts(span: RawSpan, reading: Reading<Facts>): void {
  reading.take('user', asLabel(span.attributes['kagent.user_id']), 'kagent.user_id')
  if (isBeeAi(span)) reading.take('operation', asLabel(span.attributes['target']), 'target')
}

/** Attribute -> its name among the metadata. */
const details = new Map([
  ['crew_agents', 'agents'],
  ['crew_tasks', 'tasks'],
  ['crew_process', 'process'],
  ['crew_memory', 'memory'],
])
const beeAiDetails = new Map([
  ['thought', 'thought'],
  ['iteration', 'iteration'],
  ['history', 'history'],
  ['source', 'source'],
])

function content(span: RawSpan, reading: Reading<Content>): void {
  const a = span.attributes
  const found = emptyObject()
  for (const [name, as] of isBeeAi(span) ? beeAiDetails : details) {
    if (a[name] !== undefined) found[as] = asJson(a[name]) ?? null
  }
  if (Object.keys(found).length > 0) reading.take('metadata', found, 'crew_*')
  const inputs = a['crew_inputs']
  if (inputs !== undefined && inputs !== null && inputs !== '') reading.take('input', asJson(inputs), 'crew_inputs')
}

export const agentFrameworks: Convention = {
  id: 'agent-frameworks',
  label: 'Agent frameworks',
  precedence: 4,
  prefixes,
  names: ['task_key', 'target', 'thought', 'gen_ai.task.id'],
  // The bare words are somebody else's under any other scope.
  speaks: span => {
    if (isBeeAi(span) || 'gen_ai.task.id' in span.attributes) return true
    for (const name in span.attributes) if (prefixes.some(prefix => name.startsWith(prefix))) return true
    return false
  },
  reads: ['kagent.user_id', 'target', 'crew_inputs', ...details.keys(), ...beeAiDetails.keys()],
  keeps: [
    'crew_*',
    'crewai_version',
    'python_version',
    'task_key',
    'task_id',
    'task_fingerprint',
    'task_fingerprint_created_at',
    'agent_fingerprint',
    'beeai.version',
    'agent_framework.*',
    'gen_ai.task.id',
  ],
  facts,
  content,
}
