import { isObject } from '../../../../shared/conventions/values.ts'
import { keyOfJson } from '../../../../shared/diff/json-text.ts'
import type { JsonObject, JsonValue } from '../../../../shared/domain/json.ts'
import type { ToolChoice } from '../../../../shared/replay/dialects/dialect.ts'
import { dialectOf } from '../../../../shared/replay/dialects/index.ts'
import { valueAt } from '../../../../shared/replay/json-edit.ts'
import { Notes, type DialectId } from '../../../../shared/replay/types.ts'
import { addItem, editValue, together, type History } from './draft.ts'

// What is added to a request by a button, in the words of its dialect; each is one step.

const emptySchema = { type: 'object', properties: {}, required: [], additionalProperties: false } as const

/** A tool to be filled in, behind the others. */
export function addTool(history: History, id: DialectId, name: string): History {
  const dialect = dialectOf(id)
  const made = dialect.writeTool(undefined, { name, description: '', parameters: emptySchema })
  if (made === undefined) return history
  const places = [['tools', '0', 'functionDeclarations'], ['tools']] as const
  const list = places.find(path => {
    const place = valueAt(history.now.text, path)
    return place !== undefined && history.now.text[place.start] === '['
  })
  const isGrouped = list?.length === 3
  // Where declarations stand in groups, a declaration is no group.
  if (list && (isGrouped || id !== 'gemini')) return addItem(history, list, JSON.stringify(made))
  return put(
    history,
    written(building => dialect.writeTools([made], building)),
  )
}

/** A form that the answer must have, to be filled in; undefined where the dialect knows none. */
export function addOutput(history: History, id: DialectId): History {
  const format = { name: 'answer', schema: emptySchema }
  return put(
    history,
    written(building => dialectOf(id).writeOutput(format, building)),
  )
}

export const noChoice = 'not said'
export const otherChoice = 'as it is written'
const kinds = ['auto', 'none', 'required'] as const

/** What can be said of which tool to call, by name; and what is said now. */
export function toolChoices(
  body: JsonObject,
  id: DialectId,
  tools: readonly string[],
): { readonly choices: ReadonlyMap<string, JsonObject>; readonly now: string } {
  const wanted: readonly ToolChoice[] = [
    ...kinds.map(type => ({ type })),
    ...[...new Set(tools)].map(name => ({ type: 'tool', name }) as const),
  ]
  const choices = new Map(
    wanted.flatMap(choice => {
      const made = written(building => dialectOf(id).writeToolChoice(choice, building))
      const [name] = Object.keys(made)
      return name === undefined ? [] : [[choice.type === 'tool' ? `only ${choice.name}` : choice.type, made] as const]
    }),
  )
  const [place] = [...choices.values()].flatMap(made => Object.keys(made))
  const said = place === undefined ? undefined : body[place]
  if (said === undefined || said === null) return { choices, now: noChoice }
  const found = [...choices].find(([, made]) => keyOfJson(made[place!]!) === keyOfJson(said))
  return { choices, now: found?.[0] ?? otherChoice }
}

/** Says it, or takes out what was said. */
export function chooseTool(history: History, choices: ReadonlyMap<string, JsonObject>, name: string): History {
  const made = choices.get(name)
  if (made) return together(history, old => Object.entries(made).reduce(set, old))
  const [place] = [...choices.values()].flatMap(one => Object.keys(one))
  return name === noChoice && place !== undefined ? editValue(history, [place], undefined) : history
}

function written(write: (building: { body: Record<string, JsonValue>; notes: Notes }) => unknown): JsonObject {
  const body: Record<string, JsonValue> = {}
  write({ body, notes: new Notes() })
  return body
}

/** Beside what stands in the same objects already. */
function put(history: History, made: JsonObject): History {
  return together(history, old =>
    Object.entries(made).reduce((before, [name, value]) => {
      const place = valueAt(before.now.text, [name])
      const isShared = place && before.now.text[place.start] === '{' && isObject(value)
      return isShared
        ? Object.entries(value).reduce(
            (inner, [key, one]) => editValue(inner, [name, key], JSON.stringify(one)),
            before,
          )
        : set(before, [name, value])
    }, old),
  )
}

function set(history: History, [name, value]: readonly [string, JsonValue]): History {
  return editValue(history, [name], JSON.stringify(value))
}
