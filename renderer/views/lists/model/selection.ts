/** Which rows are selected: some by their ids, or all that match the query except some. */
export type Selection =
  | { readonly type: 'none' }
  | { readonly type: 'some'; readonly ids: ReadonlySet<number> }
  | { readonly type: 'all'; readonly except: ReadonlySet<number> }

export const nothing: Selection = { type: 'none' }
export const everything: Selection = { type: 'all', except: new Set() }

export function isSelected(selection: Selection, id: number): boolean {
  if (selection.type === 'some') return selection.ids.has(id)
  return selection.type === 'all' && !selection.except.has(id)
}

export function toggled(selection: Selection, id: number): Selection {
  if (selection.type === 'all') return { type: 'all', except: flipped(selection.except, id) }
  return some(flipped(selection.type === 'some' ? selection.ids : new Set(), id))
}

/** These as well. */
export function joined(selection: Selection, ids: Iterable<number>): Selection {
  if (selection.type === 'all') {
    const except = new Set(selection.except)
    for (const id of ids) except.delete(id)
    return { type: 'all', except }
  }
  return some(new Set([...(selection.type === 'some' ? selection.ids : []), ...ids]))
}

/** Exact, of a list of so many rows. */
export function countOf(selection: Selection, total: number): number {
  if (selection.type === 'none') return 0
  return selection.type === 'some' ? selection.ids.size : Math.max(0, total - selection.except.size)
}

function some(ids: ReadonlySet<number>): Selection {
  return ids.size === 0 ? nothing : { type: 'some', ids }
}

function flipped(ids: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}
