// Queries that were asked, newest first. Kept by the page, one list a store.

import { kept as storage } from './kept.ts'

const key = 'spanwise.queries.'
const most = 50
/** A longer one was pasted: it is in the address and in the clipboard. */
const longest = 2000

export function queryHistory(store: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key + store) ?? '[]')
    return Array.isArray(kept) ? kept.filter(one => typeof one === 'string').slice(0, most) : []
  } catch {
    return []
  }
}

export function rememberQuery(store: string, query: string): void {
  const text = query.trim()
  if (text === '' || text.length > longest) return
  try {
    const others = queryHistory(store).filter(one => one !== text)
    storage.setItem(key + store, JSON.stringify([text, ...others].slice(0, most)))
  } catch {
    // A page without storage remembers nothing.
  }
}
