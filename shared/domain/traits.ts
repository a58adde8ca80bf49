import type { JsonValue } from './json.ts'

/** What a span says of itself that many others say too. */
export interface Traits {
  readonly agent?: string
  readonly team?: string
  readonly operation?: string
  /** As its dialect names it; a tool's span without one is called by its own name. */
  readonly tool?: string
  readonly tags?: readonly string[]
  readonly streamed?: true
  /** Of the resource that reported it, as written. */
  readonly service?: JsonValue
}

/** Traits are an index of what the kept record says in full; nothing that long is one. */
const longest = 1000
const mostTags = 100

/** One text for equal traits; undefined where there are none. */
export function printTraits({ agent, team, operation, tool, tags, streamed, service }: Traits): string | undefined {
  const known = {
    ...(agent === undefined ? {} : { agent: cut(agent) }),
    ...(operation === undefined ? {} : { operation: cut(operation) }),
    ...(team === undefined ? {} : { team: cut(team) }),
    ...(tool === undefined ? {} : { tool: cut(tool) }),
    ...(tags === undefined || tags.length === 0 ? {} : { tags: tags.slice(0, mostTags).map(cut) }),
    ...(streamed ? { streamed } : {}),
    ...(service === undefined || service === null
      ? {}
      : { service: typeof service === 'string' ? cut(service) : service }),
  }
  const text = JSON.stringify(known)
  return text === '{}' ? undefined : text
}

export function readTraits(text: string): Traits {
  return JSON.parse(text) as Traits
}

function cut(text: string): string {
  return (text.length > longest ? text.slice(0, longest) : text).toWellFormed()
}
