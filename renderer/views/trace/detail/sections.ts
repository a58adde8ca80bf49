import { isException } from '../../../../shared/domain/events.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { attributesOf } from './attributes-of.ts'

const sectionIds = [
  'messages',
  'tool',
  'documents',
  'content',
  'sources',
  'offered',
  'model',
  'prompt',
  'usage',
  'scores',
  'events',
  'facts',
  'attributes',
  'raw',
] as const
export type SectionId = (typeof sectionIds)[number]

export interface Section {
  readonly id: SectionId
  readonly label: string
  readonly count?: number
}

/** What there is to read about a span, the most telling first. `hasSources`: something was looked up before its answer. */
export function sectionsOf(span: Span, hasSources: boolean): Section[] {
  const messages = (span.inputMessages?.length ?? 0) + (span.outputMessages?.length ?? 0)
  const events = span.events?.length ?? 0
  const has: { readonly [id in SectionId]: Section | undefined } = {
    messages: when(messages > 0, { id: 'messages', label: 'Messages', count: messages }),
    sources: when(hasSources, { id: 'sources', label: 'Sources' }),
    tool: when(span.tool !== undefined, { id: 'tool', label: 'Tool' }),
    documents: when(span.documents !== undefined || span.query !== undefined, {
      id: 'documents',
      label: 'Documents',
      count: span.documents?.length ?? 0,
    }),
    content: when(span.input !== undefined || span.output !== undefined, { id: 'content', label: 'Input and output' }),
    offered: when(span.toolsOffered !== undefined, {
      id: 'offered',
      label: 'Tools',
      count: span.toolsOffered?.length ?? 0,
    }),
    model: when(hasModel(span), { id: 'model', label: 'Model' }),
    prompt: when(span.prompt !== undefined, { id: 'prompt', label: 'Prompt' }),
    usage: when(span.usage !== undefined || span.recordedCost !== undefined || isCall(span), {
      id: 'usage',
      label: 'Usage',
    }),
    scores: when((span.scores?.length ?? 0) > 0, { id: 'scores', label: 'Scores', count: span.scores?.length ?? 0 }),
    events: when(events > 0, {
      id: 'events',
      label: span.events?.some(isException) ? 'Errors and events' : 'Events',
      count: events,
    }),
    facts: { id: 'facts', label: 'Facts' },
    attributes: { id: 'attributes', label: 'Attributes', count: attributesOf(span).length },
    raw: { id: 'raw', label: 'Raw' },
  }
  return sectionIds.flatMap(id => has[id] ?? [])
}

/** The section the reader asked for where the span has it; else the most telling one. */
export function chooseSection(sections: readonly Section[], asked: string | null): SectionId {
  return (sections.find(section => section.id === asked) ?? sections[0]!).id
}

/** Whether a model is spoken of at all: then it has a section of its own. */
export function hasModel(span: Span): boolean {
  return isCall(span) || span.model !== undefined || span.requestModel !== undefined
}

export function isCall(span: Span): boolean {
  return span.kind === 'generation' || span.kind === 'embedding'
}

function when(condition: boolean, section: Section): Section | undefined {
  return condition ? section : undefined
}

/** What went wrong, as the span says it: its status, its error type, else its exception event. */
export interface Failure {
  readonly type?: string
  readonly message?: string
}

export function failureOf(span: Span): Failure | undefined {
  if (span.status !== 'error') return undefined
  const exception = span.events?.find(isException)?.attributes
  const type = span.errorType ?? textOf(exception?.['exception.type'])
  const message = span.statusMessage || textOf(exception?.['exception.message'])
  return { ...(type ? { type } : {}), ...(message ? { message } : {}) }
}

/** A call that failed, or that somebody judged to be in the lower half between 0 and 1. Other scales nobody explains. */
export function isBadCall({ kind, status, scores = [] }: Span): boolean {
  if (kind !== 'generation') return false
  return status === 'error' || scores.some(({ value }) => value !== undefined && value >= 0 && value < 0.5)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The facts under a generation's name: model, provider, temperature, how it ended, how fast it was. */
export function callFacts(span: Span): string[] {
  const facts: string[] = []
  if (span.model !== undefined) facts.push(span.model)
  // `gpt-4o` answered by `gpt-4o-2024-11-20` is no surprise.
  if (span.requestModel !== undefined && !span.model?.startsWith(span.requestModel)) {
    facts.push(`asked for ${span.requestModel}`)
  }
  if (span.provider !== undefined) facts.push(span.provider)
  const temperature = span.parameters?.['temperature']
  if (typeof temperature === 'number' || typeof temperature === 'string') facts.push(`temperature ${temperature}`)
  if (span.finishReasons && span.finishReasons.length > 0) facts.push(`finish: ${span.finishReasons.join(', ')}`)
  return facts
}

/** Output tokens a second while they came: from the first token on where that is known, else over the whole call. */
export function tokensPerSecond(span: Span): number | undefined {
  const { durationNs, timeToFirstTokenNs, usage } = span
  if (durationNs === undefined || usage?.output === undefined || span.kind !== 'generation') return undefined
  const seconds = Number(BigInt(durationNs) - BigInt(timeToFirstTokenNs ?? '0')) / 1e9
  return seconds > 0.001 && usage.output > 0 ? usage.output / seconds : undefined
}

/** Nanoseconds as text to microseconds. */
export function microseconds(ns: string | undefined): number | undefined {
  return ns === undefined ? undefined : Number(ns) / 1000
}
