import type { PromptSide, PromptVersionRow } from '../../../../shared/contract/prompts.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { exactClauseFor } from '../../../../shared/query/edit.ts'
import { questionOf } from '../../../state/question.ts'
import type { VersionName } from './address.ts'
import { versionWords } from './words.ts'

/** A version, or its calls of one model. */
export interface SideName {
  readonly version: VersionName
  readonly model?: string
}

/** What stands side by side at most. */
export const mostSides = 5

export interface Side extends SideName {
  /** A to E. */
  readonly letter: string
  readonly words: string
}

/** The two versions and what was added to them; of an only version its models. */
export function sidesOf(
  versions: readonly PromptVersionRow[],
  { a, b }: { readonly a: PromptVersionRow | undefined; readonly b: PromptVersionRow | undefined },
  added: readonly SideName[],
): Side[] {
  const own = [a, b].flatMap((row): SideName[] => (row ? [{ version: row.version }] : []))
  const alone = own.length === 1 ? modelsOf(b ?? a!) : []
  const first = alone.length > 1 ? alone : own
  const rowOf = ({ version }: SideName) => versions.find(row => row.version === version)
  const isTaken = (one: SideName) => first.some(other => writeSide(other) === writeSide(one))
  const names = [...first, ...added.filter(one => rowOf(one) && !isTaken(one))].slice(0, mostSides)
  return names.map((name, i) => {
    const isDivided = name.model === undefined && names.some(one => one.version === name.version && one.model)
    const words = versionWords(rowOf(name)!)
    return {
      ...name,
      letter: String.fromCodePoint(65 + i),
      words: name.model !== undefined ? modelWords(words, name.model) : isDivided ? `${words} · other models` : words,
    }
  })
}

/** What may be added: other versions, the last seen first, and models of versions that were sent to several. */
export function offeredSides(
  versions: readonly PromptVersionRow[],
  sides: readonly SideName[],
): (SideName & { readonly words: string })[] {
  const shown = new Set(sides.map(writeSide))
  const models = versions.flatMap(row =>
    modelsOf(row).map(one => ({ ...one, words: modelWords(versionWords(row), one.model) })),
  )
  return [...versions.map(row => ({ version: row.version, words: versionWords(row) })), ...models]
    .filter(one => !shown.has(writeSide(one)))
    .toReversed()
}

function modelsOf(row: PromptVersionRow): { readonly version: VersionName; readonly model: string }[] {
  if (row.models.length < 2) return []
  return row.models.map(({ value }) => ({ version: row.version, model: String(value) }))
}

function modelWords(version: string, model: string): string {
  return `${version} · ${visibleLine(model, 40)}`
}

/** What is asked for a side: calls of a model by a query, made once, since it says when it is asked. */
export function askedSide(prompt: string, versions: readonly PromptVersionRow[], side: SideName): PromptSide {
  const { version, model } = side
  if (model === undefined) return { prompt, version }
  const { query } = versions.find(row => row.version === version)!
  return { where: questionOf(`${query} ${exactClauseFor({ id: 'model' }, model)}`) }
}

/** As it stands in the address. */
export function writeSide({ version, model }: SideName): string {
  return JSON.stringify(model === undefined ? [version] : [version, model])
}

export function readSide(text: string): SideName | undefined {
  try {
    const [version, model] = JSON.parse(text) as unknown[]
    if (version !== null && typeof version !== 'string') return undefined
    return typeof model === 'string' ? { version, model } : { version }
  } catch {
    return undefined
  }
}

/** What the address adds to the two. */
export function readSides(text: string | null): SideName[] {
  return (text ?? '').split('\n').flatMap(line => readSide(line) ?? [])
}

export function writeSides(sides: readonly SideName[]): string | undefined {
  return sides.length === 0 ? undefined : sides.map(writeSide).join('\n')
}
