// Where the window is. The route lives behind the # of the address, so that app:// and http:// behave alike and no
// host has to know the views. Going somewhere adds to history; adjusting what is shown (a sort, a tab) replaces.

import { useSyncExternalStore } from 'react'
import { isLink, readLink, routeOf } from '../../shared/links/link.ts'

export interface Route {
  /** `/trace/9f2c`, segments still encoded. */
  readonly path: string
  readonly query: URLSearchParams
}

export type Params = Readonly<Record<string, string>>

let current = readRoute()
const listeners = new Set<() => void>()

function readRoute(): Route {
  const text = written(globalThis.location?.hash.slice(1) || '/')
  const cut = text.indexOf('?')
  const path = cut < 0 ? text : text.slice(0, cut)
  return { path: path.startsWith('/') ? path : `/${path}`, query: new URLSearchParams(cut < 0 ? '' : text.slice(cut)) }
}

/** A link in place of a route is one (`startLinks` then puts its route in the address). */
function written(hash: string): string {
  if (!isLink(hash)) return hash
  const link = readLink(hash)
  return link ? routeOf(link) : '/'
}

function changed(): void {
  current = readRoute()
  for (const listener of listeners) listener()
}

globalThis.addEventListener?.('popstate', changed)
globalThis.addEventListener?.('hashchange', changed)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function currentRoute(): Route {
  return current
}

/** Where the address is by now: a link that was just clicked is told of a moment later. */
export function isAddressAt(path: string): boolean {
  return readRoute().path === path
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, () => current)
}

/** `to` is a path with an optional query: `/trace/9f2c?span=41aa`. */
export function navigate(to: string, options: { readonly replace?: boolean } = {}): void {
  const address = `#${to}`
  if (location.hash === address) return
  if (options.replace) history.replaceState(history.state, '', address)
  else history.pushState(null, '', address)
  changed()
}

/**
 * Adjusts parts of the query in place: undefined takes one out. `push` adds to history: what one may want to go back to.
 * `at` is the path that this is about, for what is said of it later than one may have left: then it is dropped. A link
 * that was clicked a moment ago has the address already, whoever has been told.
 */
export function adjustQuery(
  parts: Readonly<Record<string, string | undefined>>,
  options: { readonly push?: boolean; readonly at?: string } = {},
): void {
  const { path, query } = readRoute()
  if (path !== (options.at ?? current.path)) return
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined) query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  navigate(text === '' ? path : `${path}?${text}`, { replace: !options.push })
}

/** What stands in for the `:names` of a pattern, decoded; undefined when the path is another one. */
export function matchPath(pattern: string, path: string): Params | undefined {
  const want = pattern.split('/')
  const have = path.split('/')
  if (want.length !== have.length) return undefined
  const params: Record<string, string> = {}
  for (const [i, part] of want.entries()) {
    const got = have[i]!
    if (part.startsWith(':')) {
      if (got === '') return undefined
      params[part.slice(1)] = decode(got)
    } else if (part !== got) return undefined
  }
  return params
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
