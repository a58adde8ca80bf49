import type { JsonObject } from '../domain/json.ts'
import type { DialectId, Notes } from './types.ts'

// What providers are known to refuse. Said, and never changed by itself: whoever sends may know better.

interface Gate {
  readonly dialects: readonly DialectId[]
  /** Of the models that refuse it; all where it is absent. */
  readonly models?: RegExp
  readonly fields: readonly string[]
  /** It is the fields together that are refused. */
  readonly together?: true
  /** From this version of the interface on. */
  readonly version?: string
  readonly isFine?: (value: unknown) => boolean
  readonly note: string
}

const reasoning = /(?:^|\/)(?:o[134](?:-|$)|gpt-[5-9](?!.*chat))/

const gates: readonly Gate[] = [
  {
    dialects: ['openai-chat', 'openai-responses'],
    models: reasoning,
    fields: ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty'],
    isFine: value => value === undefined || value === 1,
    note: 'models that reason refuse another value than their own',
  },
  {
    dialects: ['openai-chat'],
    models: reasoning,
    fields: ['max_tokens'],
    note: 'models that reason take max_completion_tokens in its place',
  },
  {
    dialects: ['anthropic'],
    models: /claude-(?:opus|sonnet|haiku)-[4-9]/,
    fields: ['temperature', 'top_p'],
    together: true,
    note: 'Claude from 4 on refuses temperature and top_p together',
  },
  {
    dialects: ['anthropic'],
    version: '2026-10-21',
    fields: ['temperature', 'top_p', 'top_k'],
    note: 'this version of the interface refuses it',
  },
]

/** A field that a provider is known to refuse, and why. */
export interface Refused {
  readonly field: string
  readonly note: string
}

/** What a provider will not take of a request. */
export function refusedFields(
  dialect: DialectId,
  body: JsonObject,
  headers: { readonly [name: string]: string },
): readonly Refused[] {
  const model = typeof body['model'] === 'string' ? body['model'] : ''
  return gates.flatMap(({ dialects, models, fields, together, version, isFine, note }) => {
    if (!dialects.includes(dialect) || models?.test(model) === false) return []
    if (version !== undefined && (headers['anthropic-version'] ?? '') < version) return []
    const said = fields.filter(name => body[name] !== undefined && body[name] !== null && isFine?.(body[name]) !== true)
    return together && said.length < fields.length ? [] : said.map(field => ({ field, note }))
  })
}

/** Adds them to a receipt. */
export function noteGates(
  dialect: DialectId,
  body: JsonObject,
  headers: { readonly [name: string]: string },
  notes: Notes,
): void {
  for (const { field, note } of refusedFields(dialect, body, headers)) notes.add('log', field, note)
}
