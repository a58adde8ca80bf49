import { createHash } from 'node:crypto'
import type { Span } from '../../../shared/domain/span.ts'
import { groupKey, groupOf } from '../../../shared/prompts/prompt-group.ts'
import { type PromptPlace, promptPlaceIn } from '../../../shared/replay/record.ts'
import { answerFacts } from './answer-facts.ts'
import { askedTexts, promptText } from './prompt-text.ts'

/** What is kept of a call that was looked at. */
export interface LookedAt {
  /** Key of its group; undefined where it was sent no text. */
  readonly group: string | undefined
  /** The first 16 bytes of SHA-256 of the text. */
  readonly text: Buffer
  readonly sent: string | undefined
  /** 52 bits; 0 where it was asked nothing. */
  readonly inputs: number
  readonly configuration: Configuration | undefined
  readonly answer: number
  readonly length: number | undefined
}

export interface Configuration {
  readonly hash: string
  readonly model: string | undefined
  readonly parameters: string | undefined
  readonly tools: string | undefined
}

/** Longer ones are cut: they are shown, not sent. */
const mostJson = 256 << 10

/** `agent`: the nearest agent around the call, where it names none. */
export function lookAt(span: Span, agent: string | undefined): LookedAt {
  const sent = promptText(span)
  const { bits, length } = answerFacts(span)
  const { name: prompt, version } = span.prompt ?? {}
  return {
    group: sent && groupKey(groupOf({ ...placeOf(span, agent), prompt, version })),
    text: createHash('sha256')
      .update(sent?.text ?? '')
      .digest()
      .subarray(0, 16),
    sent: sent?.text,
    inputs: inputsOf(span),
    configuration: configurationOf(span),
    answer: bits,
    length,
  }
}

/** Where a call stands; of the answer to a request that was sent from here, where the call did whose prompt it has. */
export function placeOf(span: Span, agent: string | undefined): PromptPlace {
  const told = span.marks?.includes('replayed') ? promptPlaceIn(span.attributes['replay']) : undefined
  return (
    told ?? {
      feature: span.feature,
      agent: span.agent ?? agent,
      service: serviceOf(span),
      name: span.name,
      model: span.requestModel ?? span.model,
    }
  )
}

/** Equal for calls that were asked the same: by the variables that the file names, and by the messages of whoever asks. */
function inputsOf(span: Span): number {
  const variables = span.prompt?.variables
  const asked = askedTexts(span)
  if (variables === undefined && asked.length === 0) return 0
  return bits(JSON.stringify([canonical(variables ?? null), asked]))
}

/** Keys in one order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => [key, canonical(one)])
}

/** 52 bits of a hash, and never 0. */
export function bits(text: string): number {
  const digest = createHash('sha256').update(text).digest()
  return (digest.readUInt32LE(0) & 0xfffff) * 2 ** 32 + digest.readUInt32LE(4) || 1
}

function configurationOf({ model, requestModel, parameters, toolsOffered }: Span): Configuration | undefined {
  const asked = requestModel ?? model
  const said = parameters && Object.keys(parameters).length > 0 ? JSON.stringify(parameters) : undefined
  const tools = toolsOffered && toolsOffered.length > 0 ? JSON.stringify(toolsOffered) : undefined
  if (asked === undefined && said === undefined && tools === undefined) return undefined
  const whole = JSON.stringify([asked ?? null, canonical(parameters ?? null), canonical(toolsOffered ?? null)])
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 12)
  return { hash, model: asked, parameters: said?.slice(0, mostJson), tools: tools?.slice(0, mostJson) }
}

function serviceOf({ resource, application }: Span): string | undefined {
  const service = resource?.['service.name']
  return typeof service === 'string' && !service.startsWith('unknown_service') ? service : application
}
