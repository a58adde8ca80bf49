import { parseJson } from '../../../../shared/conventions/json-text.ts'
import { isObject } from '../../../../shared/conventions/values.ts'
import type { JsonObject, JsonValue } from '../../../../shared/domain/json.ts'
import { dialectOf } from '../../../../shared/replay/dialects/index.ts'
import type { DialectId } from '../../../../shared/replay/types.ts'

/** One value of a body that can be edited by itself. */
export interface Field {
  readonly path: readonly string[]
  readonly label: string
  readonly value: JsonValue
  /** `text`: a text to be read. `word`: a short one. `json`: anything else, as it is written in JSON. */
  readonly kind: 'text' | 'word' | 'number' | 'flag' | 'json'
}

export interface MessageForm {
  readonly path: readonly string[]
  readonly role: string
  readonly fields: readonly Field[]
}

export interface ToolForm {
  readonly path: readonly string[]
  readonly name: string
  /** Name, description and schema of a function; of anything else the whole. */
  readonly fields: readonly Field[]
}

/** A body as a form: every value of it stands in one of these. */
export interface BodyForm {
  /** As it was read: reading 10 MB twice at each key press is too much. */
  readonly body: JsonObject
  /** Absent where the address names it. */
  readonly model?: string
  readonly system: readonly Field[]
  readonly conversation: readonly string[]
  readonly messages: readonly MessageForm[]
  readonly tools: readonly ToolForm[]
  /** The form that the answer must have. */
  readonly output: readonly Field[]
  readonly parameters: readonly Field[]
  /** Parameters of this dialect that are not said, as paths. */
  readonly unsaid: readonly (readonly string[])[]
}

const systemNames: ReadonlySet<string> = new Set(['system', 'instructions', 'systemInstruction', 'system_instruction'])
const toolNames: ReadonlySet<string> = new Set(['tools', 'functions'])
const outputNames: ReadonlySet<string> = new Set(
  'response_format text format output_format output_config responseSchema responseJsonSchema responseMimeType'.split(
    ' ',
  ),
)
/** Texts of a message that persons write and read. */
const textNames: ReadonlySet<string> = new Set(['content', 'text', 'output', 'input', 'thinking', 'refusal'])

/** Undefined where the body is no JSON object: then there is only its text. */
export function formOf(text: string, dialect: DialectId): BodyForm | undefined {
  const body = parseJson(text)
  if (!isObject(body)) return undefined
  const { conversation, fields, group } = dialectOf(dialect)
  const { model } = body
  const top = Object.entries(body).filter(([name]) => name !== 'model' && name !== conversation)
  const inGroup = group ? body[group.name] : undefined
  const isElsewhere = (name: string) => systemNames.has(name) || toolNames.has(name) || name === group?.name
  const all = [
    ...top.filter(([name]) => !isElsewhere(name)).map(([name, value]) => fieldOf([name], name, value)),
    ...(group && isObject(inGroup)
      ? Object.entries(inGroup).map(([name, value]) => fieldOf([group.name, name], name, value))
      : []),
  ]
  const isSaid = new Set(all.map(({ path }) => path.join('.')))
  const possible = [
    ...[...fields].filter(name => !isElsewhere(name) && name !== conversation && name !== 'model').map(name => [name]),
    ...(group ? [...group.fields].map(name => [group.name, name]) : []),
  ]
  return {
    body,
    ...(typeof model === 'string' ? { model } : {}),
    system: top.flatMap(([name, value]) => (systemNames.has(name) ? textsIn(value, [name], name) : [])),
    conversation: [conversation],
    messages: messagesOf(body[conversation], conversation),
    tools: top.flatMap(([name, value]) => (toolNames.has(name) ? toolsIn(value, name) : [])),
    output: all.filter(({ label }) => outputNames.has(label)),
    parameters: all.filter(({ label }) => !outputNames.has(label)),
    unsaid: possible.filter(path => !isSaid.has(path.join('.'))),
  }
}

function messagesOf(conversation: JsonValue | undefined, name: string): MessageForm[] {
  // OpenAI's responses take one text in place of a list.
  if (typeof conversation === 'string')
    return [{ path: [name], role: 'user', fields: [fieldOf([name], 'text', conversation, 'text')] }]
  if (!Array.isArray(conversation)) return []
  return conversation.map((message: JsonValue, i) => {
    const path = [name, String(i)]
    if (!isObject(message)) return { path, role: '', fields: [fieldOf(path, 'message', message)] }
    const role = wordOf(message['role']) ?? wordOf(message['type']) ?? ''
    const fields = Object.entries(message).flatMap(([key, value]) =>
      key === 'role' || value === null ? [] : textsIn(value, [...path, key], key),
    )
    return { path, role, fields }
  })
}

/** A value of a message: a text, parts of which some are texts, or something else. */
function textsIn(value: JsonValue, path: readonly string[], name: string): Field[] {
  if (typeof value === 'string')
    return [fieldOf(path, name, value, textNames.has(name) || systemNames.has(name) ? 'text' : 'word')]
  const parts = isObject(value) && Array.isArray(value['parts']) ? value['parts'] : value
  const at = parts === value ? path : [...path, 'parts']
  if (!Array.isArray(parts)) return [fieldOf(path, name, value)]
  return parts.map((part: JsonValue, i) => {
    const inside = [...at, String(i)]
    if (isObject(part) && typeof part['text'] === 'string') {
      const label = wordOf(part['type']) ?? 'text'
      return fieldOf([...inside, 'text'], label, part['text'], 'text')
    }
    if (typeof part === 'string') return fieldOf(inside, name, part, 'text')
    return fieldOf(inside, isObject(part) ? nameOfPart(part, name) : name, part)
  })
}

function nameOfPart(part: JsonObject, name: string): string {
  const called = isObject(part['function']) ? wordOf(part['function']['name']) : wordOf(part['name'])
  return [wordOf(part['type']) ?? Object.keys(part)[0] ?? name, called].filter(Boolean).join(' ')
}

function toolsIn(value: JsonValue, name: string): ToolForm[] {
  if (!Array.isArray(value)) return [{ path: [name], name, fields: [fieldOf([name], name, value)] }]
  return value.flatMap((tool: JsonValue, i) => {
    const path = [name, String(i)]
    const declared = isObject(tool) ? tool['functionDeclarations'] : undefined
    if (!Array.isArray(declared)) return [toolOf(path, tool)]
    return declared.map((one: JsonValue, k) => toolOf([...path, 'functionDeclarations', String(k)], one))
  })
}

const schemaNames = ['parameters', 'input_schema', 'parametersJsonSchema'] as const

function toolOf(path: readonly string[], tool: JsonValue): ToolForm {
  const name = toolName(tool) ?? 'tool'
  const whole = { path, name, fields: [fieldOf(path, name, tool)] }
  if (!isObject(tool)) return whole
  const inner = isObject(tool['function']) ? tool['function'] : tool
  const schema = schemaNames.find(one => isObject(inner[one]))
  if (typeof inner['name'] !== 'string' || schema === undefined) return whole
  const at = inner === tool ? path : [...path, 'function']
  return {
    path,
    name,
    fields: [
      fieldOf([...at, 'name'], 'name', inner['name'], 'word'),
      // One that has none can be given one.
      fieldOf([...at, 'description'], 'description', inner['description'] ?? '', 'text'),
      ...Object.entries(inner).flatMap(([key, value]) =>
        key === 'name' || key === 'description' || (key === 'type' && inner === tool)
          ? []
          : [fieldOf([...at, key], key, value)],
      ),
    ],
  }
}

function toolName(tool: JsonValue): string | undefined {
  if (!isObject(tool)) return undefined
  const { function: called, name, type } = tool
  return (isObject(called) ? wordOf(called['name']) : undefined) ?? wordOf(name) ?? wordOf(type)
}

function fieldOf(path: readonly string[], label: string, value: JsonValue, kind?: Field['kind']): Field {
  return { path, label, value, kind: kind ?? kindOf(value) }
}

function kindOf(value: JsonValue): Field['kind'] {
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'flag'
  if (typeof value === 'string') return value.length > 80 || value.includes('\n') ? 'text' : 'word'
  return 'json'
}

function wordOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
