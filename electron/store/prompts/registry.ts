import type { Input, Output } from '../../../shared/contract/index.ts'
import type { PromptVersionRow } from '../../../shared/contract/prompts.ts'
import { clauseFor } from '../../../shared/query/edit.ts'
import { searchedOf, type Asked } from '../lists/asking.ts'
import { countedCalls, replayedCalls } from '../pivot/calls.ts'
import { callsOf, placesIn } from '../pivot/pivot.ts'
import type { Table } from '../table/table.ts'
import { changesOf } from './changes.ts'
import { promptsOfCalls } from './columns.ts'
import { libraryOf, type LibraryVersion } from './library.ts'
import { isComplete } from './state.ts'
import { versionNotes, type VersionNotes } from './version-notes.ts'

const mostModels = 10
export const mostVersions = 10_000

/** Calls that name or were found to have the same prompt, or the same version of one. */
interface Tally {
  readonly id: number
  calls: number
  replays: number
  /** Microseconds: of calls that were logged, where there are any. */
  first: number
  last: number
  /** Every call has it by comparing. */
  recovered: boolean
  readonly models: Map<number, number>
}

/** Every prompt that calls name or were found to have, the most used first. */
export function listPrompts(
  asked: Asked,
  { offset, limit }: Pick<Input<'prompts.list'>, 'offset' | 'limit'>,
): Output<'prompts.list'> {
  const { table } = asked.subject
  const { tallies, versions, without } = asked.remember('prompts', () => tallyPrompts(asked))
  const text = (id: number) => table.names.text(id)
  const unseen = Map.groupBy(unseenOf(asked), one => one.prompt)
  const sent = new Set(unseen.size === 0 ? [] : tallies.map(one => text(one.id)))
  const onlyKept = [...unseen].flatMap(([name, kept]) => (sent.has(name) ? [] : keptPrompt(name, kept.length)))
  return {
    ...answeredBy(asked),
    total: tallies.length + onlyKept.length,
    without,
    prompts: [...tallies, ...onlyKept].slice(offset, offset + limit).map(one => {
      if (!('id' in one)) return one
      const own = versions.get(one.id)!
      return {
        name: text(one.id),
        recovered: one.recovered,
        versions: own.size + (unseen.get(text(one.id))?.length ?? 0),
        recoveredVersions: [...own.values()].filter(Boolean).length,
        ...seenOf(one),
        models: modelsOf(table, one),
        query: clauseFor({ id: 'prompt' }, text(one.id)),
      }
    }),
  }
}

function keptPrompt(name: string, versions: number): Output<'prompts.list'>['prompts'][number] {
  const query = clauseFor({ id: 'prompt' }, name)
  return { name, recovered: false, versions, recoveredVersions: 0, calls: 0, models: [], query }
}

/** The versions of one prompt, the first seen first. */
export function versionsOf(
  asked: Asked,
  { prompt }: Pick<Input<'prompts.versions'>, 'prompt'>,
): Output<'prompts.versions'> {
  const { table } = asked.subject
  const id = nameNumber(table, prompt)
  const found = tallyVersions(asked, id)
  const notes = versionNotes(table.store, prompt)
  const used = found.toSorted((a, b) => b.calls - a.calls).slice(0, mostVersions)
  const shown = used.toSorted((a, b) => a.first - b.first || b.calls - a.calls)
  const columns = promptsOfCalls(table)
  return {
    ...answeredBy(asked),
    name: prompt,
    recovered: found.length > 0 && callsOfPrompt(asked, id).every(i => (columns.recovered[i]! & 2) !== 0),
    versions: [...unseenVersions(asked, prompt, notes), ...shown.map(one => rowOf(table, prompt, one, notes))],
    more: found.length - shown.length,
    changes: changesOf(asked, callsOfPrompt(asked, id)),
  }
}

export function rowOf(table: Table, prompt: string, one: Tally, notes: VersionNotes): PromptVersionRow {
  const version = one.id === 0 ? null : table.names.text(one.id)
  const note = notes.get(version ?? '')
  const recovered = one.recovered && version !== null
  return {
    version,
    recovered,
    ...(recovered && note?.sureness ? { sureness: note.sureness } : {}),
    ...(note?.title === undefined ? {} : { title: note.title }),
    pinned: note?.pinned ?? false,
    library: note?.library ?? false,
    draft: note?.draft ?? false,
    ...seenOf(one),
    models: modelsOf(table, one),
    query: versionQuery(prompt, version),
  }
}

/** Versions of files that no call has. Under a query nothing matches them. */
function unseenVersions(asked: Asked, prompt: string, notes: VersionNotes): PromptVersionRow[] {
  return unseenOf(asked)
    .filter(one => one.prompt === prompt)
    .map(({ version }) => unseenRow(asked.subject.table, prompt, version, notes))
}

export function unseenRow(table: Table, prompt: string, version: string, notes: VersionNotes): PromptVersionRow {
  const nothing = {
    id: 0,
    calls: 0,
    replays: 0,
    first: Infinity,
    last: -Infinity,
    recovered: false,
    models: new Map<number, number>(),
  }
  const note = notes.get(version)
  return {
    ...rowOf(table, prompt, nothing, new Map()),
    version,
    ...(note?.title === undefined ? {} : { title: note.title }),
    pinned: note?.pinned ?? false,
    library: true,
    draft: note?.draft ?? false,
    query: versionQuery(prompt, version),
  }
}

/** What stands in files and was never sent. */
export function unseenOf(asked: Asked): LibraryVersion[] {
  if (asked.condition !== undefined) return []
  return asked.remember('prompts unseen', () => {
    const { table } = asked.subject
    return libraryOf(table.store).filter(({ prompt, version }) => {
      const wanted = nameNumber(table, version)
      return wanted === 0 || !tallyVersions(asked, nameNumber(table, prompt)).some(one => one.id === wanted)
    })
  })
}

export function versionQuery(prompt: string, version: string | null): string {
  const whose = clauseFor({ id: 'prompt' }, prompt)
  return version === null ? `${whose} -has:prompt.version` : `${whose} ${clauseFor({ id: 'prompt.version' }, version)}`
}

export function answeredBy(asked: Asked) {
  return { exact: asked.exact, ...searchedOf(asked), complete: isComplete(asked.subject.table.store) }
}

/** The id of a name; 0 where nothing is called so. */
export function nameNumber({ store }: Table, name: string): number {
  return store.query<[string], { id: number }>('name-id').get(name)?.id ?? 0
}

function seenOf({ calls, replays, first, last }: Tally) {
  const used = { calls, ...(replays > 0 ? { replays } : {}) }
  return first > last ? used : { ...used, firstSeen: first, lastSeen: last }
}

function modelsOf(table: Table, { models }: Tally) {
  const named = [...models].filter(([id]) => id !== 0).toSorted((a, b) => b[1] - a[1])
  return named.slice(0, mostModels).map(([id, calls]) => ({ value: table.names.text(id), calls }))
}

function tallyPrompts(asked: Asked) {
  const { table } = asked.subject
  const { prompt, version, recovered } = promptsOfCalls(table)
  const tallies = new Map<number, Tally>()
  /** Of each prompt its versions, and whether all calls of one have it by comparing. */
  const versions = new Map<number, Map<number, boolean>>()
  let without = 0
  const add = adder(table)
  for (const i of lookedAt(asked)) {
    const id = prompt[i]!
    if (id === 0) {
      without++
      continue
    }
    add(tallies, id, i, (recovered[i]! & 2) !== 0)
    let own = versions.get(id)
    if (!own) versions.set(id, (own = new Map()))
    const isFound = (recovered[i]! & 1) !== 0
    const known = own.get(version[i]!)
    if (known === undefined || (known && !isFound)) own.set(version[i]!, isFound)
  }
  const order = [...tallies.values()].sort((a, b) => b.calls - a.calls || a.id - b.id)
  return { tallies: order, versions, without }
}

export function tallyVersions(asked: Asked, id: number): Tally[] {
  return asked.remember(`prompt versions ${id}`, () => {
    const { table } = asked.subject
    const { version, recovered } = promptsOfCalls(table)
    const tallies = new Map<number, Tally>()
    const add = adder(table)
    for (const i of callsOfPrompt(asked, id)) add(tallies, version[i]!, i, (recovered[i]! & 1) !== 0)
    return [...tallies.values()]
  })
}

/** Calls of a prompt that are looked at, by their numbers among those counted. */
export function callsOfPrompt(asked: Asked, id: number): Uint32Array {
  return asked.remember(`prompt calls ${id}`, () => {
    const { prompt } = promptsOfCalls(asked.subject.table)
    return lookedAt(asked).filter(i => id !== 0 && prompt[i] === id)
  })
}

/** Calls that match, by their numbers among those counted. */
export function lookedAt(asked: Asked): Uint32Array {
  return asked.remember('prompt calls', () => placesIn(asked.subject.table, callsOf(asked), undefined))
}

function adder(table: Table) {
  const start = table.column('start')
  const { place, row } = countedCalls(table)
  const { model } = table.calls
  const replayed = replayedCalls(table)
  return (tallies: Map<number, Tally>, id: number, i: number, recovered: boolean): void => {
    let tally = tallies.get(id)
    if (!tally) {
      tally = { id, calls: 0, replays: 0, first: Infinity, last: -Infinity, recovered: true, models: new Map() }
      tallies.set(id, tally)
    }
    // The first call that was logged: when it was only tried does not count any more.
    if (replayed[i] === 0 && tally.calls === tally.replays) [tally.first, tally.last] = [Infinity, -Infinity]
    tally.calls++
    tally.replays += replayed[i]!
    if (!recovered) tally.recovered = false
    const at = start[row[i]!]!
    if (replayed[i] === 0 || tally.calls === tally.replays) {
      if (at < tally.first) tally.first = at
      if (at > tally.last) tally.last = at
    }
    const used = model[place[i]!]!
    tally.models.set(used, (tally.models.get(used) ?? 0) + 1)
  }
}
