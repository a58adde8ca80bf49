import { parseJson } from '../conventions/json-text.ts'
import { asWord, isObject, present } from '../conventions/values.ts'
import type { JsonObject } from '../domain/json.ts'
import type { OutputFormat } from './dialects/dialect.ts'

// The form of answer that was asked for: JSON, by a schema.

const ofRecorders = ['schema', 'schemaName', 'schemaDescription', 'output_type'] as const
const ofOthers = ['response_format', 'output_format', 'output_config', 'text', 'format'] as const
const ofGeminiNames = [
  'responseMimeType',
  'responseJsonSchema',
  'responseSchema',
  'response_mime_type',
  'response_schema',
  'response_json_schema',
] as const

/** Parameters that say it, whoever's they are. */
export const outputNames: ReadonlySet<string> = new Set([...ofRecorders, ...ofOthers, ...ofGeminiNames])

export interface FoundOutput {
  /** Names of the parameters that say it. */
  readonly from: readonly string[]
  /** Undefined: it cannot be said in other words. Null: text was asked for, as always. */
  readonly format: OutputFormat | undefined | null
}

/** What form of answer was asked for, in whatever words. */
export function findOutput(parameters: JsonObject): FoundOutput | undefined {
  const asked = (...from: string[]) => from.filter(name => parameters[name] !== undefined && parameters[name] !== null)
  const read = (name: string): JsonObject | undefined => {
    const value = parameters[name]
    const structure = typeof value === 'string' ? parseJson(value) : value
    return isObject(structure) ? structure : undefined
  }
  const [schema] = asked('schema')
  if (schema !== undefined) {
    const format = present<OutputFormat>({
      schema: read(schema),
      name: asWord(parameters['schemaName']),
      description: asWord(parameters['schemaDescription']),
    })
    return { from: asked(...ofRecorders), format }
  }
  for (const name of ofOthers) {
    if (asked(name).length === 0) continue
    const value = read(name)
    if (value === undefined) return { from: [name], format: parameters[name] === 'json' ? {} : undefined }
    const inner = isObject(value['format']) ? value['format'] : value
    // How hard it should try, and nothing of a form.
    if (name === 'output_config' && inner === value) return { from: [name], format: undefined }
    return { from: asked(name, 'output_type'), format: readFormat(inner) }
  }
  const ofGemini = asked(...ofGeminiNames)
  if (ofGemini.length > 0) {
    const found = ofGemini.find(name => /schema/i.test(name))
    return { from: ofGemini, format: found === undefined ? {} : { schema: parameters[found]! } }
  }
  return undefined
}

function readFormat(value: JsonObject): OutputFormat | undefined | null {
  const type = asWord(value['type'])
  if (type === 'text') return null
  if (type === 'json_object') return {}
  const inner = isObject(value['json_schema']) ? value['json_schema'] : value
  // Ollama is given the schema itself.
  if (type !== 'json_schema') return 'properties' in value || '$ref' in value ? { schema: value } : undefined
  return present<OutputFormat>({
    schema: inner['schema'],
    name: asWord(inner['name']),
    description: asWord(inner['description']),
    strict: typeof inner['strict'] === 'boolean' ? inner['strict'] : undefined,
  })
}
