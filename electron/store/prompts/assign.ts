import type { Store } from '../open.ts'
import { Names } from '../interned.ts'
import type { Cell } from '../row-writer.ts'
import { fixedLength } from '../../../shared/prompts/match-template.ts'
import type { Sureness } from '../../../shared/prompts/sureness.ts'
import { calledNow, editsOf } from './edits.ts'
import { calledByLibrary } from './library.ts'
import { contentName, type FoundGroup, type FoundVersion } from './recover-group.ts'
import { packTemplate } from './templates.ts'

/** Texts that are assigned in one transaction. */
const atOnce = 5_000

interface Named extends FoundVersion {
  readonly ownPrompt: string
  readonly ownVersion: string
}

/** Writes down what was found of a group, a transaction a step: whoever is killed in between finds the group stale again. */
export function* assignGroup(store: Store, group: number, found: FoundGroup | undefined): Generator<() => void> {
  const isFresh = () => void store.query<[number], unknown>('prompt-group-fresh').run(group)
  if (!found) {
    yield isFresh
    return
  }
  const named = nameVersions(found)
  const isSeveral = named.length > 1
  const rows: number[] = []
  yield () => {
    const kept = new Set(named.flatMap(one => one.kept?.id ?? []))
    for (const { id } of store.query<[number], { id: number }>('prompt-template-ids').all(group)) {
      if (!kept.has(id)) store.query<[number], unknown>('prompt-template-delete').run(id)
    }
    const put = store.query<Cell[], { id: number }>('prompt-template-put')
    for (const one of named) {
      const calls = one.texts.reduce((sum, text) => sum + (found.calls.get(text) ?? 0), 0)
      const sureness = found.group.version === null ? surenessOf(one, calls, isSeveral) : 'sure'
      const { ownPrompt, ownVersion } = one
      const cells = [group, ownPrompt, ownVersion, sureness, packTemplate(one.template), ownPrompt, ownVersion]
      rows.push(put.get(one.kept?.id ?? null, ...cells)!.id)
    }
  }
  const texts = named.flatMap((one, n) => one.texts.map(text => ({ text, n })))
  for (let from = 0; from < texts.length; from += atOnce) {
    yield () => {
      const put = store.query<[number, number], unknown>('prompt-text-template')
      for (const { text, n } of texts.slice(from, from + atOnce)) put.run(rows[n]!, text)
    }
  }
  yield* callVersions(store, rows)
  yield isFresh
}

interface TemplateRow {
  readonly id: number
  readonly prompt: string
  readonly version: string
  readonly own_prompt: string
  readonly own_version: string
}

/** Calls versions what they are called now; `changed` are rows that are new or have other texts. */
export function* callVersions(store: Store, changed: readonly number[] = []): Generator<() => void> {
  const byLibrary = calledByLibrary(store)
  const all = store.query<[], TemplateRow>('prompt-template-names').all()
  const now = calledNow(
    editsOf(store),
    all.map(row => byLibrary.get(row.id) ?? { prompt: row.own_prompt, version: row.own_version }),
  )
  const anew = new Set(changed)
  for (const [n, row] of all.entries()) {
    const { prompt, version } = now[n]!
    const isSame = row.prompt === prompt && row.version === version
    if (isSame && !anew.has(row.id)) continue
    yield () => {
      const names = new Names(store)
      if (!isSame) store.query<[string, string, number], unknown>('prompt-template-call').run(prompt, version, row.id)
      store.query<number[], unknown>('prompt-call-names').run(names.id(prompt), names.id(version), row.id)
    }
  }
}

/** Versions keep what they are called; new ones are called after their text, prompts of one span after each other. */
function nameVersions({ group, versions, calls }: FoundGroup): Named[] {
  const prompts = new Map<number, string>()
  const callsOf = (one: FoundVersion) => one.texts.reduce((sum, text) => sum + (calls.get(text) ?? 0), 0)
  const families = [...Map.groupBy(versions, one => one.family)].map(([family, own]) => {
    const before = own.toSorted((a, b) => callsOf(b) - callsOf(a)).find(one => one.kept)?.kept?.ownPrompt
    return { family, before, calls: own.reduce((sum, one) => sum + callsOf(one), 0) }
  })
  const taken = new Set<string>()
  for (const { family, before } of families) {
    if (before === undefined) continue
    prompts.set(family, before)
    taken.add(before)
  }
  for (const { family } of families.filter(one => one.before === undefined).sort((a, b) => b.calls - a.calls)) {
    let name = group.prompt
    // A file that names one prompt means one.
    for (let n = 2; !group.isNamed && taken.has(name); n++) name = `${group.prompt} (${n})`
    prompts.set(family, name)
    taken.add(name)
  }
  const used = new Set<string>()
  return versions.map(one => {
    const ownPrompt = one.kept?.ownPrompt ?? prompts.get(one.family)!
    let ownVersion = one.kept?.ownVersion ?? group.version ?? contentName(one.template)
    const key = (version: string) => JSON.stringify([ownPrompt, version])
    for (let n = 2; !one.kept && group.version === null && !one.isFree && used.has(key(ownVersion)); n++) {
      ownVersion = `${contentName(one.template)}-${n}`
    }
    used.add(key(ownVersion))
    return { ...one, ownPrompt, ownVersion }
  })
}

/** How far a version is to be believed. */
function surenessOf({ template, texts, isFree }: FoundVersion, calls: number, isSeveral: boolean): Sureness {
  if (isFree || fixedLength(template) < 12) return 'unsure'
  // The same text again and again is no chance, nor is one that other versions were told from.
  if (texts.length === 1) return calls >= 5 ? 'sure' : 'unsure'
  if (calls < 5) return 'unsure'
  return calls >= 30 || (isSeveral && calls >= 12) ? 'sure' : 'likely'
}
