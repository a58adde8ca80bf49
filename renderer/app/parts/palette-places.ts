import type { Input, Output } from '../../../shared/contract/index.ts'
import type { SavedView } from '../../../shared/contract/views.ts'
import { clauseFor } from '../../../shared/query/edit.ts'
import { formatPlural } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { promptAddress } from '../../state/prompt-address.ts'
import { questionOf } from '../../state/question.ts'
import { tracesMatching } from '../query-route.ts'
import { navigate } from '../route.ts'
import type { PaletteItem } from './palette-items.ts'
import { recentPlaces } from '../recent-places.ts'
import { sessionQuery } from './palette-traces.ts'

const mostPrompts = 4
const mostSessions = 4
const mostViews = 6

/** Saved views whose name has every word. */
export function viewItems(views: Output<'views.list'>['views'], typed: string): readonly PaletteItem[] {
  return views
    .filter(({ name }) => hasWords(name, typed))
    .slice(0, mostViews)
    .map(({ id, name, view }) => ({
      id: `saved.${id}`,
      group: 'Saved view',
      title: visibleLine(name, 120),
      detail: view.list,
      run: () => navigate(addressOf(view)),
    }))
}

function addressOf({ list, query, sort, group }: SavedView): string {
  const parts = new URLSearchParams({
    ...(query === '' ? {} : { q: query }),
    ...(sort === undefined ? {} : { sort }),
    ...(group === undefined ? {} : { group }),
  }).toString()
  return parts === '' ? `/${list}` : `/${list}?${parts}`
}

/** Sessions whose id has what was typed; undefined where that is no id. */
export function sessionRequest(typed: string): Input<'lists.rows'> | undefined {
  const query = sessionQuery(typed)
  if (query === undefined) return undefined
  const sort = { column: 'started', descending: true }
  return { list: 'sessions', where: questionOf(query, 0), columns: ['session'], sort, offset: 0, limit: mostSessions }
}

export function sessionItems({ id, cells, values }: Output<'lists.rows'>): readonly PaletteItem[] {
  return [...id].flatMap((row, i) => {
    const session = values[cells[i] ?? -1]
    if (typeof session !== 'string') return []
    const run = () => navigate(tracesMatching(clauseFor({ id: 'session' }, session)))
    return [{ id: `session.${row}`, group: 'Session', title: visibleLine(session, 120), run }]
  })
}

/** Those that have most calls. */
export const promptsRequest = { offset: 0, limit: 500 } as const

/** Prompts whose name has every word. */
export function promptItems(found: Output<'prompts.list'> | undefined, typed: string): readonly PaletteItem[] {
  return (found?.prompts ?? [])
    .filter(({ name }) => hasWords(name, typed))
    .slice(0, mostPrompts)
    .map(({ name, versions, recovered }) => ({
      id: `prompt.${name}`,
      group: 'Prompt',
      title: visibleLine(name, 120),
      detail: `${recovered ? 'recovered, ' : ''}${formatPlural(versions, 'version')}`,
      run: () => navigate(promptAddress(name)),
    }))
}

function hasWords(name: string, typed: string): boolean {
  const text = name.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

/** Where one has been, but for where one is. */
export function recentItems(): readonly PaletteItem[] {
  return recentPlaces()
    .slice(1)
    .map(({ to, title, group }, i) => ({
      id: `recent.${i}`,
      group: 'Recent',
      title: visibleLine(title, 120),
      detail: group,
      run: () => navigate(to),
    }))
}
