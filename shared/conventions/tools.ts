import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { ToolOffer } from '../domain/message.ts'
import { parseJson } from './json-text.ts'
import { readFrom } from './origins.ts'
import { first } from './parts.ts'
import { asList, isList, isObject, itemsOf, present, type Written } from './values.ts'

/** Tools a model was offered: a list (or JSON text of one) of definitions, of JSON texts, or of bare names. */
export function readTools(value: Written): ToolOffer[] | undefined {
  const list = asList(value)
  return list && toolsOf(list)
}

/** A list, or a dictionary of tools by name, as AI SDK is given them. */
export function toolsOf(value: JsonValue): ToolOffer[] | undefined {
  const list = isObject(value) ? Object.entries(value).map(([name, tool]) => named(tool, name)) : value
  const tools = itemsOf(list).flatMap(readTool)
  return tools.length > 0 ? tools : undefined
}

function named(tool: JsonValue, name: string): JsonValue {
  return isObject(tool) ? { ...tool, name } : name
}

/** One definition; Gemini packs several into `functionDeclarations`. */
export function readTool(value: JsonValue | undefined): ToolOffer[] {
  if (typeof value === 'string') {
    const parsed = parseJson(value)
    return parsed === undefined ? (value === '' ? [] : [{ name: value }]) : readTool(parsed)
  }
  if (!isObject(value)) return []
  const declared = first(value, ['functionDeclarations', 'function_declarations'])
  if (isList(declared)) return declared.flatMap(readTool)
  const inner: JsonObject = isObject(value['function']) ? value['function'] : value
  const name = first(inner, ['name']) ?? value['type']
  if (typeof name !== 'string' || name === '') return []
  const type = value['type']
  const description = inner['description']
  const parameters = first(inner, [
    'parameters',
    'inputSchema',
    'input_schema',
    'parameters_json_schema',
    'parametersJsonSchema',
    'json_schema',
    'arguments',
  ])
  const offer: ToolOffer = {
    name,
    ...present({
      type: typeof type === 'string' ? type : undefined,
      description: typeof description === 'string' ? description : undefined,
      parameters: typeof parameters === 'string' ? (parseJson(parameters) ?? parameters) : parameters,
    }),
  }
  return [readFrom(offer, value)]
}
