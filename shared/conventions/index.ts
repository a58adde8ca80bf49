// Attributes -> meaning. A span often speaks several dialects at once: all are read, and per field the first answer in
// the order of their precedence wins. The import reads facts of every span (a few microseconds); a reader of one span
// reads all.

import type { SpanKind } from '../domain/kind.ts'
import { marksToBits } from '../domain/marks.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import type { SearchedSpan, Span } from '../domain/span.ts'
import { agentEvents } from './agent-events.ts'
import { agentFrameworks } from './agent-frameworks.ts'
import { agentTurns } from './agent-turns.ts'
import { aiSdkDevtools } from './ai-sdk-devtools.ts'
import { atif } from './atif.ts'
import { commonNames, countPlainTexts } from './basic.ts'
import { braintrust } from './braintrust.ts'
import { claudeCode } from './claude-code.ts'
import { codex } from './codex.ts'
import { Reading, type Convention, type Facts } from './convention.ts'
import { conversation } from './conversation.ts'
import { flat } from './flat.ts'
import { genAiIndexed } from './gen-ai-indexed.ts'
import { genkit } from './genkit.ts'
import { googleAdk } from './google-adk.ts'
import { helicone } from './helicone.ts'
import { inspect } from './inspect.ts'
import { interpret } from './interpret.ts'
import { langfuseExport } from './langfuse-export.ts'
import { langfuse } from './langfuse.ts'
import { langsmithRuns } from './langsmith-runs.ts'
import { langsmith } from './langsmith.ts'
import { liteLlm } from './litellm.ts'
import { logfire } from './logfire.ts'
import { mapped } from './mapped.ts'
import { mastra } from './mastra.ts'
import { mlflow } from './mlflow.ts'
import { openaiAgents } from './openai-agents.ts'
import { openInferenceAnnotations } from './openinference-annotations.ts'
import { openInference } from './openinference.ts'
import { openLlmetry } from './openllmetry.ts'
import { openRouter } from './openrouter.ts'
import { otelGenAiEvents } from './otel-genai-events.ts'
import { otelGenAi } from './otel-genai.ts'
import { promptLayer } from './promptlayer.ts'
import { providerBodies } from './provider-bodies.ts'
import { kindOfName } from './scopes.ts'
import { findSpeakers } from './speakers.ts'
import { statusNames } from './status.ts'
import { vercelAiSdk } from './vercel-ai-sdk.ts'
import { weave } from './weave.ts'
import { searchedSpan, wholeSpan } from './whole.ts'

export type { Content, Convention, Facts } from './convention.ts'

/** A convention's place here is its bit in the store: append only. The order of asking is `precedence`. */
export const conventions: readonly Convention[] = [
  openInference,
  otelGenAi,
  otelGenAiEvents,
  genAiIndexed,
  flat,
  openInferenceAnnotations,
  langfuse,
  vercelAiSdk,
  langfuseExport,
  agentEvents,
  claudeCode,
  googleAdk,
  openLlmetry,
  mastra,
  genkit,
  openaiAgents,
  weave,
  braintrust,
  aiSdkDevtools,
  langsmith,
  langsmithRuns,
  mlflow,
  mapped,
  codex,
  agentFrameworks,
  logfire,
  inspect,
  agentTurns,
  atif,
  providerBodies,
  conversation,
  liteLlm,
  helicone,
  openRouter,
  promptLayer,
]

const finder = findSpeakers(conventions)

export interface ReadFacts {
  readonly facts: Facts
  /** Bit set by index in `conventions`: which of them understood the span. */
  readonly conventions: number
  /** Bit set of shared/domain/marks.ts: the span's own and what the reading noticed. */
  readonly marks: number
  /** Of a generation: messages in and out; undefined when none of its dialects can tell. */
  readonly messages: number | undefined
}

/** What the store indexes. Never throws; reads a deferred text only where a fact is really in one. */
export function readFacts(span: RawSpan): ReadFacts {
  return isBare(span) ? readBare(span) : readEach(span)
}

/** Whether a convention has an attribute of this name for its own. */
export function isSpoken(name: string): boolean {
  return finder.knows(name)
}

const general: ReadonlySet<string> = new Set([...commonNames, ...statusNames])

/** Whether an attribute of this name may tell what is searched of a span: in one that has no others, nobody looks at them. */
export function isSearchedFor(name: string): boolean {
  return general.has(name) || finder.knows(name)
}

/** Whether only its name and what stands around it say something of a span. */
function isBare({ attributes, events, dialect }: RawSpan): boolean {
  for (const _ in attributes) return false
  return events.length === 0 && dialect === undefined
}

/** The last one, as though it had no marks: thousands of such spans stand together. */
let bare: { readonly span: RawSpan; readonly kind: SpanKind | undefined; readonly read: ReadFacts } | undefined

function readBare(span: RawSpan): ReadFacts {
  const kind = kindOfName(span)
  const { resource, scope, status, marks } = span
  const isSame =
    bare?.span.resource === resource && bare.span.scope === scope && bare.span.status === status && bare.kind === kind
  const read = isSame ? bare!.read : readEach({ ...span, marks: [] })
  if (!isSame) bare = { span, kind, read }
  return marks.length === 0 ? read : { ...read, marks: read.marks | marksToBits(marks) }
}

function readEach(span: RawSpan): ReadFacts {
  const { bits, speakers } = finder.of(span)
  const reading = new Reading<Facts>()
  interpret(span, speakers, reading)
  let marks = marksToBits(span.marks)
  if (reading.marks.length > 0) marks |= marksToBits(reading.marks)
  const messages = reading.values.kind === 'generation' ? countMessagesOf(span, speakers) : undefined
  return { facts: reading.values, conventions: bits, marks, messages }
}

/** The largest answer counts; where no dialect has one, plain input and output are a message each. */
function countMessagesOf(span: RawSpan, speakers: readonly Convention[]): number | undefined {
  let most = -1
  let canTell = false
  for (const convention of speakers) {
    if (!convention.messages) continue
    canTell = true
    most = Math.max(most, convention.messages(span) ?? -1)
  }
  if (most >= 0) return most
  const plain = countPlainTexts(span)
  return plain > 0 || canTell ? plain : undefined
}

/** Everything about one span: facts, texts, attributes under the file's own names, and which attribute gave what. */
export function readWhole(span: RawSpan): Span {
  return wholeSpan(span, finder.of(span).speakers)
}

/** What `readWhole` says of a span as far as it is searched. */
export function readSearched(span: RawSpan): SearchedSpan {
  return searchedSpan(span, finder.of(span).speakers)
}
