import { isJsonText, valueAt } from '../../../../shared/replay/json-edit.ts'
import { dialectOf } from '../../../../shared/replay/dialects/index.ts'
import type { DialectId } from '../../../../shared/replay/types.ts'
import type { ToSend } from './attempts.ts'
import { changesOf, chooseModel, editValue, isWritten } from './draft.ts'
import { requestName, type Requests } from './requests.ts'

/** One of several requests that are sent together, each a few times. */
export interface Variant {
  /** What tells it from the others; absent where only its model does. */
  readonly name?: string
  readonly model: string | undefined
  readonly changes: ToSend['changes']
  /** A person wrote in it: what the log lacks was looked at. */
  readonly edited: boolean
}

/** What is combined with what. */
export interface Choices {
  /** Which requests, by their places. */
  readonly requests: readonly number[]
  readonly models: readonly string[]
  /** A parameter by the names on the way to it, and its values as JSON; none is left as it is. */
  readonly parameter?: { readonly path: readonly string[]; readonly values: readonly string[] }
}

/** Each request with each model and each value of the parameter. */
export function variantsOf(all: Requests, dialect: DialectId, { requests, models, parameter }: Choices): Variant[] {
  return requests.flatMap(at =>
    models.flatMap(model => {
      const history = all.all[at]
      if (!history) return []
      const asked = model === '' ? history : chooseModel(history, model, dialect)
      const values = parameter && parameter.values.length > 0 ? parameter.values : [undefined]
      return values.map((value): Variant => {
        const { now } = value === undefined || !parameter ? asked : editValue(asked, parameter.path, value)
        const words = [
          ...(requests.length > 1 ? [requestName(all, at)] : []),
          ...(value === undefined ? [] : [`${parameter?.path.at(-1)} ${value}`]),
        ]
        return {
          ...(words.length === 0 ? {} : { name: words.join(', ') }),
          model: now.model ?? (model === '' ? undefined : model),
          changes: changesOf(now),
          edited: isWritten(history.now),
        }
      })
    }),
  )
}

/** Values as somebody writes them: with commas between, JSON or words. */
export function readValues(text: string): readonly string[] {
  return text
    .split(',')
    .map(one => one.trim())
    .filter(one => one !== '')
    .map(one => (isJsonText(one) ? one : JSON.stringify(one)))
}

/** Where a parameter stands that somebody names: as it is in the body, or in the group where its dialect keeps it. */
export function pathOfParameter(name: string, text: string, dialect: DialectId): readonly string[] {
  const { group, fields } = dialectOf(dialect)
  const path = name.trim().split('.')
  const [first = ''] = path
  const isGrouped = group && !fields.has(first) && group.fields.has(first) && !valueAt(text, [first])
  return isGrouped ? [group.name, ...path] : path
}
