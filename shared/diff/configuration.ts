import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Span } from '../domain/span.ts'
import { jsonChanges, type JsonChanges } from './json-changes.ts'

/** What a call was made with, beside its messages. Absent: none, or the file does not say. */
export interface Configuration {
  readonly model?: string
  readonly provider?: string
  readonly parameters?: JsonObject
  readonly tools?: JsonValue
}

export const configurationParts = ['model', 'parameters', 'tools', 'output schema'] as const
export type ConfigurationPart = (typeof configurationParts)[number]

export interface PartChanges extends JsonChanges {
  readonly part: ConfigurationPart
}

/** What providers call the form that an answer must have; each stands among the parameters. */
const schemaNames: ReadonlySet<string> = new Set([
  'response_format',
  'responseFormat',
  'response_schema',
  'responseSchema',
  'response_json_schema',
  'responseJsonSchema',
  'output_schema',
  'outputSchema',
  'output_format',
  'text',
  'format',
])

export function configurationOf(span: Span): Configuration {
  const model = span.requestModel ?? span.model
  return {
    ...(model === undefined ? {} : { model }),
    ...(span.provider === undefined ? {} : { provider: span.provider }),
    ...(span.parameters === undefined ? {} : { parameters: span.parameters }),
    ...(span.toolsOffered === undefined ? {} : { tools: span.toolsOffered.map(tool => ({ ...tool })) }),
  }
}

/** The same from texts of JSON; what is none is taken as it is written. */
export function configurationFrom(written: {
  readonly model?: string | undefined
  readonly parameters?: string | undefined
  readonly tools?: string | undefined
}): Configuration {
  const parameters = written.parameters === undefined ? undefined : parsed(written.parameters)
  return {
    ...(written.model === undefined ? {} : { model: written.model }),
    ...(parameters === undefined ? {} : { parameters: isObject(parameters) ? parameters : { parameters } }),
    ...(written.tools === undefined ? {} : { tools: parsed(written.tools) }),
  }
}

/** What two configurations differ in, part by part; parts that are the same are left out. */
export function configurationChanges(before: Configuration, after: Configuration): readonly PartChanges[] {
  const [a, b] = [configurationValues(before), configurationValues(after)]
  return configurationParts.flatMap(part => {
    const { changes, more } = jsonChanges(a[part], b[part])
    return changes.length === 0 ? [] : [{ part, changes, more }]
  })
}

/** Each an object or a list, so that every single thing in it is told by its name. */
export function configurationValues({
  model,
  provider,
  parameters = {},
  tools,
}: Configuration): Record<ConfigurationPart, JsonValue> {
  const entries = Object.entries(parameters)
  return {
    model: {
      ...(model === undefined ? {} : { model }),
      ...(provider === undefined ? {} : { provider }),
    },
    parameters: Object.fromEntries(entries.filter(([name]) => !schemaNames.has(name))),
    tools: tools === undefined || tools === null ? [] : tools,
    'output schema': Object.fromEntries(
      entries
        .filter(([name]) => schemaNames.has(name))
        .map(([name, value]) => [name, typeof value === 'string' ? parsed(value) : value]),
    ),
  }
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return text
  }
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
