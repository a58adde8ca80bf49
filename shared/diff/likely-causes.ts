import type { JsonValue } from '../domain/json.ts'
import { visibleLine } from '../format/visible-text.ts'
import { type CallPart, callParts, type CallParts } from './call-parts.ts'
import { jsonChanges, type JsonChange } from './json-changes.ts'
import { keyOfJson } from './json-text.ts'
import { unifiedPatch } from './patch.ts'
import { pathWords } from './path-words.ts'

/** A part in which a bad call differs from the last good one. */
export interface LikelyCause {
  readonly part: CallPart
  /** What differs, in a line. */
  readonly words: string
  /** Of texts. */
  readonly patch?: string
  /** Of the good calls, how many have in this part what the last good one has, and how many what the bad one has. */
  readonly asGood: number
  readonly asBad: number
}

export interface LikelyCauses {
  /** The likeliest first. */
  readonly causes: readonly LikelyCause[]
  readonly same: readonly CallPart[]
  /** Parts that one of the two says and the other does not. */
  readonly unsaid: readonly CallPart[]
}

/** Characters of a patch. */
const longestPatch = 20_000
/** Changes that are named in a line. */
const named = 3

/**
 * What a bad call differs in from the last good one. A part that all good calls agreed on, and in which none had what the
 * bad call has, comes first; what differs between any two good calls, as questions do, comes last.
 *
 * @param good of the last good call first, then of those before it
 */
export function likelyCauses(good: readonly CallParts[], bad: CallParts): LikelyCauses {
  const [last] = good
  const causes: LikelyCause[] = []
  const same: CallPart[] = []
  const unsaid: CallPart[] = []
  for (const part of callParts) {
    const [before, after] = [last?.[part], bad[part]]
    if (before === undefined && after === undefined) continue
    if (before === undefined || after === undefined) {
      unsaid.push(part)
      continue
    }
    const [was, is] = [keyOfJson(before), keyOfJson(after)]
    if (was === is) {
      // Neither has any: nothing was the same.
      if (was !== '{}' && was !== '[]') same.push(part)
      continue
    }
    const keys = good.map(one => (one[part] === undefined ? undefined : keyOfJson(one[part])))
    causes.push({
      part,
      ...told(before, after),
      asGood: keys.filter(key => key === was).length,
      asBad: keys.filter(key => key === is).length,
    })
  }
  return { causes: causes.toSorted((a, b) => weight(b) - weight(a)), same, unsaid }
}

function weight({ asGood, asBad }: LikelyCause): number {
  return asGood - asBad
}

function told(before: JsonValue, after: JsonValue): Pick<LikelyCause, 'words' | 'patch'> {
  if (typeof before === 'string' && typeof after === 'string') {
    if (!`${before}${after}`.includes('\n')) return { words: changeWords({ kind: 'changed', path: [], before, after }) }
    const patch = unifiedPatch({ before: 'good', after: 'bad' }, before, after)
    return { words: patchWords(patch), patch: patch.slice(0, longestPatch) }
  }
  const { changes, more } = jsonChanges(before, after)
  const left = changes.length - named + more
  return { words: `${changes.slice(0, named).map(changeWords).join('; ')}${left > 0 ? `; ${left} more` : ''}` }
}

function patchWords(patch: string): string {
  const lines = patch.split('\n').slice(2)
  const removed = lines.filter(line => line.startsWith('-'))
  const added = lines.filter(line => line.startsWith('+'))
  const shown = [removed[0], added[0]].filter(line => line !== undefined).map(line => visibleLine(line, 100))
  const left = removed.length + added.length - shown.length
  return `${shown.join(' ')}${left > 0 ? ` and ${left} more changed lines` : ''}`
}

function changeWords({ kind, path, before, after }: JsonChange): string {
  const where = pathWords(path.filter(step => typeof step === 'string'))
  const short = (value: JsonValue | undefined) =>
    visibleLine(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 80)
  const what =
    kind === 'changed' ? `${short(before)} → ${short(after)}` : `${kind} ${short(kind === 'added' ? after : before)}`
  return where === '' ? what : kind === 'changed' ? `${where} ${what}` : `${where}: ${what}`
}
