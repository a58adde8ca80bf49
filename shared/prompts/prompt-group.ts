/** What tells which calls may have been sent the same prompt. */
export interface CallPlace {
  /** The prompt and its version, as far as the file names them. */
  readonly prompt?: string | undefined
  readonly version?: string | undefined
  readonly feature?: string | undefined
  /** The agent it says it is of, else the nearest agent around it. */
  readonly agent?: string | undefined
  /** What the program calls itself. */
  readonly service?: string | undefined
  readonly name: string
  readonly model?: string | undefined
  /** Somebody wrote another text in the prompt's place and sent that: no call that was logged is to be understood from it. */
  readonly edited?: boolean | undefined
}

/** Calls that are compared with one another, and what their prompt is called. */
export interface PromptGroup {
  readonly prompt: string
  /** Null where the versions are to be found. */
  readonly version: string | null
  /** The file names the prompt. */
  readonly isNamed: boolean
  /** What else tells groups of one name apart. */
  readonly apart: readonly string[]
}

/** Names that instrumentations give to every call: they say nothing about what it is for. */
const general =
  /^(?:llm|chat|call|run|generat(?:e|ion)|completions?|chat[ _.-]?completions?|messages?|responses?|invoke|inference|model|step|openai|anthropic|google|gemini|vertex|bedrock|mistral|cohere|ollama|groq|litellm|langchain|azure|unknown|default|request|prompt|create|stream|text|ai|api|client|async|sync|beta|sdk|v\d+|converse|do|object|with|http|post)(?:(?:[ _./:-]|(?<=[a-z])(?=[A-Z]))+(?:llm|chat|call|run|generat(?:e|ion)|completions?|messages?|responses?|invoke|inference|model|openai|anthropic|google|ai|api|text|object|create|stream|async|do|parse|content|request|step|with|post|client|v\d+))*$/i

/** Ids in names would make every call a group of its own. */
const ids = /\b(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{16,}|\d{3,})\b/gi

/** Undefined where the file says all there is to say but its text: then only its values are looked for. */
export function groupOf({ prompt, version, feature, agent, service, name, model, edited }: CallPlace): PromptGroup {
  const drafted = edited ? ['edited'] : []
  if (prompt !== undefined) return { prompt, version: version ?? null, isNamed: true, apart: drafted }
  const own = plain(name, model)
  const isTelling = own !== '' && !general.test(own)
  const parts = [feature, agent, isTelling ? own : undefined].map(part => part?.trim() || undefined)
  const known = parts.filter(part => part !== undefined)
  const words = known.length > 0 ? known : [service?.trim() || own || name.trim() || 'prompt']
  return {
    // One name may say what the others do.
    prompt: [...new Set(words)].join(' / ').slice(0, 200).toWellFormed(),
    version: version ?? null,
    isNamed: false,
    apart: [...words, ...drafted],
  }
}

/** A span's name without its model and without ids. */
function plain(name: string, model: string | undefined): string {
  const without = model === undefined || model === '' ? name : name.replace(model, '')
  return without.replaceAll(ids, '').replaceAll(/\s+/g, ' ').trim().slice(0, 200)
}

export function groupKey(group: PromptGroup): string {
  return JSON.stringify([group.isNamed ? 1 : 0, group.prompt, group.version, ...group.apart])
}

/** A group from its key; undefined for what is none. */
export function readGroupKey(key: string): PromptGroup | undefined {
  const parts = JSON.parse(key) as readonly unknown[]
  const [named, prompt, version, ...apart] = parts
  if (typeof prompt !== 'string' || (version !== null && typeof version !== 'string')) return undefined
  return { prompt, version, isNamed: named === 1, apart: apart.map(String) }
}
