import { asWord, isObject } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Dialect, Offer } from './dialects/dialect.ts'
import { objectOf } from './dialects/shared.ts'
import { conceptOf, findToolChoice, isOption } from './spellings.ts'
import { findOutput, outputNames } from './output-form.ts'
import type { Building, DialectId, NeutralCall } from './types.ts'

/** Puts everything beside the messages into a body: parameters, tools, how these are chosen, the form of the answer. */
export function writeParameters(call: NeutralCall, dialect: Dialect, building: Building): void {
  const { notes } = building
  const { parameters } = call
  const done = new Set<string>()
  if (call.tools.length > 0) writeTools(call, dialect, building)
  if (!isOwn(dialect, call, ['tool_choice', 'toolConfig', 'tool_config'])) {
    const asked = findToolChoice(parameters)
    if (asked) {
      done.add(asked.from)
      const said = asked.choice !== undefined && dialect.writeToolChoice(asked.choice, building)
      if (said) notes.add('rebuilt', asked.from, `${asked.from} of the log`)
      // What every provider does by itself need not be said.
      else if (asked.choice?.type !== 'auto') notes.lost(asked.from, 'this interface has no such choice of tools')
    }
  }
  const isAnswer = /^(?:resp_|chatcmpl-|msg_)/.test(asWord(parameters['id']) ?? '')
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || done.has(name) || outputNames.has(name)) continue
    if (isAnswer && answerNames.has(name)) notes.left(name, 'of the answer, which stands among the parameters')
    else writeParameter(name, value, call, dialect, building)
  }
  writeOutput(call, dialect, building)
}

/** What only an answer has, of a recorder that took the whole answer for the parameters: a provider refuses each. */
const answerNames: ReadonlySet<string> = new Set(
  'id object created created_at completed_at status error incomplete_details output usage billing tool_usage'.split(
    ' ',
  ),
)

/** Whether the log has one of these as this dialect writes it. */
function isOwn(dialect: Dialect, { parameters, spokenIn }: NeutralCall, names: readonly string[]): boolean {
  return (
    (spokenIn === undefined || spokenIn === dialect.id) &&
    names.some(name => dialect.fields.has(name) && isRaw(parameters[name]))
  )
}

function isRaw(value: JsonValue | undefined): boolean {
  if (isObject(value)) return value['toolName'] === undefined
  return typeof value === 'string' && !value.startsWith('{')
}

function writeParameter(
  name: string,
  value: JsonValue,
  call: NeutralCall,
  dialect: Dialect,
  { body, notes }: Building,
): void {
  const { spokenIn, mixed } = call
  const isNative = spokenIn === undefined || spokenIn === dialect.id
  const concept = conceptOf(name)
  const word = concept && (dialect.wordFor?.(concept, call.model) ?? dialect.words[concept])
  if (name === 'stream' || name === 'streaming' || name === 'is_streaming' || name === 'model') return
  if (concept !== undefined && word === undefined && !(isNative && dialect.fields.has(name))) {
    // Said to a library, which did not pass it on.
    if (spokenIn === undefined) notes.left(name, 'this interface has no such parameter: it was not sent')
    else notes.lost(name, 'this interface has no such parameter')
    return
  }
  const { group } = dialect
  const own = isNative && (dialect.fields.has(name) || group?.fields.has(name)) ? name : word
  const fits = concept === undefined || own === word || dialect.wordFor?.(concept, call.model) === undefined
  const target = fits ? own : word
  if (target !== undefined) {
    const written = valueOf(target, value)
    if (group?.fields.has(target)) {
      const inner = isObject(body[group.name]) ? (body[group.name] as JsonObject) : {}
      body[group.name] = { ...inner, [target]: written }
    } else body[target] = written
    const field = group?.fields.has(target) ? `${group.name}.${target}` : target
    if (target === name) notes.add('log', field, 'as logged')
    else notes.add('rebuilt', field, `${name} of the log`)
  } else if (isOption(name)) notes.left(name, 'said to a library or a gateway; no field of the request')
  else if (spokenIn !== undefined && !isNative) notes.lost(name, 'this interface has no such parameter')
  else if (mixed || spokenIn === dialect.id)
    notes.left(name, 'no field of this interface: taken for one of the record around the request')
  else if (isForeign(name)) notes.lost(name, 'what the recorder means by it is no field of this interface')
  else {
    body[name] = value
    notes.add('log', name, 'as logged; not a field that is known here')
  }
}

/** Names in the spelling of a recorder, which no provider of these dialects has at the top of a request. */
function isForeign(name: string): boolean {
  return /[A-Z.]/.test(name)
}

/** One stop text is a list of one for those who take lists alone. */
function valueOf(name: string, value: JsonValue): JsonValue {
  return (name === 'stopSequences' || name === 'stop_sequences') && typeof value === 'string' ? [value] : value
}

function writeTools(call: NeutralCall, dialect: Dialect, building: Building): void {
  const { notes } = building
  const written: JsonValue[] = []
  let asLogged = 0
  for (const [i, offer] of call.tools.entries()) {
    const origin = definitionOf(call.originOf(offer))
    const isNative = call.spokenIn === undefined || call.spokenIn === dialect.id
    const tool = dialect.writeTool(isNative ? origin : undefined, offerOf(offer, origin, call.spokenIn))
    const field = `tools[${i}]`
    if (tool === origin && tool !== undefined) asLogged++
    else if (tool === undefined || isHosted(origin)) {
      notes.lost(field, `${offer.name} is run by the provider that was asked, and by no other`)
      continue
    } else if (offer.parameters === undefined) notes.lost(field, `the parameters of ${offer.name}`)
    written.push(tool)
  }
  if (written.length > 0) dialect.writeTools(written, building)
  const all = asLogged === call.tools.length
  notes.add(
    all ? 'log' : 'rebuilt',
    'tools',
    all ? 'as they were logged' : 'put together from the tools that were logged',
  )
}

/** A tool without parameters of its own kind: a search, an interpreter. */
function isHosted(origin: JsonObject | undefined): boolean {
  const type = asWord(origin?.['type'])
  return (
    type !== undefined &&
    !/^(?:function|custom)$/.test(type) &&
    origin?.['input_schema'] === undefined &&
    origin?.['inputSchema'] === undefined &&
    origin?.['parameters'] === undefined
  )
}

/** Recorders wrap what they were given: a JSON text, `{tool: {…}}`. */
export function definitionOf(origin: JsonObject | undefined): JsonObject | undefined {
  return isObject(origin?.['tool']) ? origin['tool'] : origin
}

function offerOf(
  {
    name,
    description,
    parameters,
  }: { readonly name: string; readonly description?: string; readonly parameters?: JsonValue },
  origin: JsonObject | undefined,
  spokenIn: DialectId | undefined,
): Offer {
  const inner = isObject(origin?.['function']) ? origin['function'] : origin
  const strict = inner?.['strict']
  return {
    name,
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters }),
    // Left unsaid it is false for Chat Completions and true for Responses.
    ...(typeof strict === 'boolean' ? { strict } : spokenIn === undefined ? {} : { strict: false }),
  }
}

function writeOutput(call: NeutralCall, dialect: Dialect, building: Building): void {
  const { parameters } = call
  const { notes } = building
  const isNative = call.spokenIn === undefined || call.spokenIn === dialect.id
  const native = [...outputNames].filter(
    name =>
      isNative &&
      (dialect.fields.has(name) || dialect.group?.fields.has(name)) &&
      parameters[name] !== undefined &&
      parameters[name] !== null,
  )
  if (native.length > 0) {
    for (const name of native) writeNative(name, parameters[name]!, dialect, building)
    return
  }
  const found = findOutput(parameters)
  if (found?.format) {
    if (dialect.writeOutput(found.format, building))
      notes.add('rebuilt', found.from[0]!, `the form of the answer, ${found.from.join(', ')} of the log`)
    else notes.lost(found.from[0]!, 'this interface has no such form of answer')
  } else if (found && found.format === undefined)
    notes.lost(found.from[0]!, 'the form of the answer, which this interface cannot say')
  else if (asWord(parameters['output_type']) === 'json') {
    notes.lost('output_type', 'JSON was asked for; by which schema the log does not say')
  }
}

function writeNative(name: string, value: JsonValue, dialect: Dialect, { body, notes }: Building): void {
  const { group } = dialect
  if (group?.fields.has(name))
    body[group.name] = objectOf({ ...(body[group.name] as JsonObject | undefined), [name]: value })
  else body[name] = value
  notes.add('log', group?.fields.has(name) ? `${group.name}.${name}` : name, 'as logged')
}
