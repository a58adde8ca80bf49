import type { RawSpan } from '../domain/raw-span.ts'
import type { Span } from '../domain/span.ts'
import { given, scalars } from './readings.ts'

// What only kept records hold and many spans share, in a form that is kept beside the index of texts.

/** Fields whose values many spans share. */
export const saidFields = ['finish', 'temperature'] as const
export type SaidField = (typeof saidFields)[number]

export function isSaidField(id: string): id is SaidField {
  return id === 'finish' || id === 'temperature'
}

/** In place of what a short text cannot tell: the record must be read. */
export const unsure = '?'

/** Of one span; empty texts where it says nothing. */
export interface Said {
  /** Lists of values, as JSON. */
  readonly finish: string
  readonly temperature: string
  /** What `readNames` reads. */
  readonly names: string
  /** In lower case: ids are found however they are written. */
  readonly response: string
}

const longest = 500

export function saidOf(
  {
    finishReasons,
    parameters,
    responseId,
    prompt,
  }: Pick<Span, 'finishReasons' | 'parameters' | 'responseId' | 'prompt'>,
  { attributes, resource }: Pick<RawSpan, 'attributes' | 'resource'>,
): Said {
  return {
    finish: printed(finishReasons ?? []),
    temperature: printed(scalars(parameters?.['temperature'])),
    names: printNames([attributes, resource], asStructure(prompt?.variables)),
    response: given(responseId)[0]?.toLowerCase() ?? '',
  }
}

function printed(values: readonly (string | number)[]): string {
  if (values.length === 0) return ''
  const text = JSON.stringify(values)
  return text.length > longest ? unsure : text
}

/** Names with values: of a file's attributes, or JSON. */
interface Structure {
  readonly [name: string]: unknown
}

/** A text that is read when it is asked for is no structure. */
function asStructure(value: unknown): Structure | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return typeof (value as Structure)['read'] === 'function' ? undefined : (value as Structure)
}

/** Names of a span's attributes and of its prompt's variables, those inside structures by the way to them. */
export interface SaidNames {
  readonly attributes: ReadonlySet<string>
  readonly variables: ReadonlySet<string>
}

function printNames(attributes: readonly Structure[], variables: Structure | undefined): string {
  const names = namesIn(attributes)
  const others = variables && namesIn([variables])
  if (names === undefined || (variables && others === undefined)) return unsure
  if (names.length === 0 && !others) return ''
  return JSON.stringify(others ? [names, others] : [names])
}

export function readNames(text: string): SaidNames {
  const [attributes = [], variables = []] = text === '' ? [] : (JSON.parse(text) as string[][])
  return { attributes: new Set(attributes), variables: new Set(variables) }
}

/** Whether a span whose names these are has something of a name. */
export function hasNamed(names: ReadonlySet<string>, name: string): 'yes' | 'no' | 'maybe' {
  const asked = withoutPlaces(name)
  if (names.has(asked)) return asked === name && !/[#*]/.test(name) ? 'yes' : 'maybe'
  if (names.has(others)) return 'maybe'
  for (let dot = asked.indexOf('.'); dot >= 0; dot = asked.indexOf('.', dot + 1)) {
    if (names.has(`${asked.slice(0, dot)}.${others}`)) return 'maybe'
  }
  return 'no'
}

/** Stands for names that are not listed. */
const others = '*'
const mostNames = 400
const mostInside = 60
const deepest = 4
const longestName = 300

/** Undefined where one place says there is something and another that there is nothing. */
function namesIn(objects: readonly Structure[]): string[] | undefined {
  const found = new Set<string>()
  const empty = new Set<string>()
  for (const object of objects) collect(object, '', 0, found, empty)
  for (const name of empty) if (found.has(name)) return undefined
  return [...found].sort()
}

function collect(object: Structure, before: string, depth: number, found: Set<string>, empty: Set<string>): void {
  for (const key of Object.keys(object)) {
    const name = before + key
    const value = object[key]
    const told = withoutPlaces(name)
    if (isNothing(value)) {
      if (told === name) empty.add(name)
      continue
    }
    if (found.size >= mostNames || name.length > longestName) {
      found.add(others)
      continue
    }
    found.add(told)
    const inner = asStructure(value)
    if (!inner) continue
    if (depth < deepest && Object.keys(inner).length <= mostInside) collect(inner, `${name}.`, depth + 1, found, empty)
    else found.add(`${told}.${others}`)
  }
}

/** What `scalars` finds nothing in. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true
  return Array.isArray(value) && value.every(item => !Array.isArray(item) && isNothing(item))
}

/** `messages.7.role` as `messages.#.role`: conversations of any length have the same names. The first keep theirs. */
function withoutPlaces(name: string): string {
  return hasPlace.test(name) ? name.replace(places, '.#') : name
}

const hasPlace = /\.[1-9]/
const places = /\.[1-9]\d*(?=\.|$)/g
