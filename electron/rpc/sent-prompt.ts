import type { Input } from '../../shared/contract/index.ts'
import { isObject } from '../../shared/conventions/values.ts'
import type { JsonValue } from '../../shared/domain/json.ts'
import type { Span } from '../../shared/domain/span.ts'
import { fixedLength } from '../../shared/prompts/match-template.ts'
import { fillSlots } from '../../shared/prompts/render-template.ts'
import { valuesOf } from '../../shared/prompts/template.ts'
import { valuesInText, writtenSlots } from '../../shared/prompts/written-template.ts'
import { type AnotherPrompt, promptIn } from '../../shared/replay/another-prompt.ts'
import { composeRequest } from '../../shared/replay/compose.ts'
import type { LoggedRequest } from '../../shared/replay/logged-request.ts'
import type { SentPrompt } from '../../shared/replay/record.ts'
import type { ReplayRequest } from '../../shared/replay/types.ts'
import type { Store } from '../store/open.ts'
import { agentsOf, nearestAgent } from '../store/prompts/agents.ts'
import { libraryText } from '../store/prompts/library.ts'
import { placeOf } from '../store/prompts/looked-at.ts'
import { templateOfCall } from '../store/prompts/templates.ts'
import { writtenVariables } from '../store/prompts/variables.ts'
import { readSpanPlace } from '../store/spans.ts'
import { ownText } from './prompt-variants.ts'
import type { WithTemplate } from './template-relay.ts'

export interface SpanReader {
  read(id: number): Span | undefined
}

interface Made {
  readonly logged: LoggedRequest
  readonly another: AnotherPrompt | undefined
  readonly request: ReplayRequest
}

/**
 * What is said of the prompt of a request. It is that of the call, or the version that was asked for, as long as its text is
 * what the request would have had without edits, or is made from the same template with other values. Another text, a draft's
 * too, is of the same prompt and of no version: its answers are found among those that were sent the same text, and called
 * as a file will call that.
 */
export function sentPrompt(
  store: Store,
  spans: SpanReader,
  { id, prompt: wanted, profile, model }: WithTemplate<Input<'replay.request'>>,
  { logged, another, request }: Made,
): SentPrompt {
  const named = wanted && !('template' in wanted) ? wanted : undefined
  const own = spans.read(id)
  const said = named ? saidOfVersion(store, spans, named) : own && saidOfCall(store, id, own)
  const was = another ? fillSlots(another, another.values).text : own && ownText(own)
  const text = promptIn(request, was)
  if (!said || text === '') return {}
  const plain = composeRequest(logged, { model, profile, prompt: another } as Parameters<typeof composeRequest>[1])
  const isVersion = wanted === undefined || (named !== undefined && !named.draft)
  const isSame = isVersion && !('bad' in plain) && promptIn(plain, was) === text
  const values = isSame ? wanted?.variables : isVersion ? valuesIn(text, { store, id, own, another }) : undefined
  if (!isSame && !values) return { name: said.name, ...(said.place ? { place: { ...said.place, edited: true } } : {}) }
  const { name, version, template, place } = said
  if (name === undefined) return { version, place }
  return { name, version, template, variables: withValues(own?.prompt?.variables, values) }
}

/** Values with which an edited text is made from the template of its version; undefined where it is not. */
function valuesIn(
  text: string,
  { store, id, own, another }: { store: Store; id: number; own: Span | undefined; another: AnotherPrompt | undefined },
): { readonly [name: string]: string } | undefined {
  const said = own?.prompt
  const written = another ?? (said?.template === undefined ? undefined : writtenSlots(said))
  if (written) {
    const found = valuesInText(written, text)
    return found && Object.fromEntries(found)
  }
  const template = templateOfCall(store, id)
  return template && fixedLength(template) > 0 && valuesOf(template, text) ? {} : undefined
}

/** A call says nothing of what was found by comparing: from its place the same is found again. */
function saidOfCall(store: Store, id: number, span: Span): SentPrompt {
  const { trace, pre } = readSpanPlace(store, id) ?? {}
  const agent = trace === undefined || pre === undefined ? undefined : nearestAgent(agentsOf(store, trace), pre)
  const { name, version, template } = span.prompt ?? {}
  return { name, version, template, place: placeOf(span, agent) }
}

/** What calls of a version say; of one that none was sent, what its file does. */
function saidOfVersion(
  store: Store,
  spans: SpanReader,
  { prompt: name, version }: { readonly prompt: string; readonly version: string | null },
): SentPrompt {
  const row = store.query<[string, string], { call: number }>('prompt-version-call').get(name, version ?? '')
  const span = row && spans.read(row.call)
  if (row && span) return saidOfCall(store, row.call, span)
  if (version === null) return { name, place: { name } }
  return { name, version, template: libraryText(store, name, version), place: { name } }
}

/** Values that a file names, with others where they are others; where it names none they are found in the text. */
function withValues(said: JsonValue | undefined, now: { readonly [name: string]: string } = {}): JsonValue | undefined {
  if (!isObject(said)) return said
  const before = new Map(writtenVariables(said).map(({ name, value }) => [name, value]))
  return { ...said, ...Object.fromEntries(Object.entries(now).filter(([name, value]) => before.get(name) !== value)) }
}
