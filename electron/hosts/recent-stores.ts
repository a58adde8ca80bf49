import { statSync } from 'node:fs'
import path from 'node:path'
import type { Settings } from './settings-file.ts'

/** A store that was open, and when: milliseconds since 1970. */
export interface RecentStore {
  readonly path: string
  readonly opened: number
}

const name = 'spanwise.stores'
const most = 20

/** Newest first. */
export function recentStores(settings: Settings): readonly RecentStore[] {
  try {
    const kept: unknown = JSON.parse(settings.read().get(name) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, most) : []
  } catch {
    return []
  }
}

/** Puts a store at the head of the list. That it cannot be kept (a full or read-only disk) stops nobody. */
export function rememberStore(settings: Settings, store: string, now = Date.now()): void {
  keep(settings, [{ path: store, opened: now }, ...others(settings, store)])
}

export function forgetStore(settings: Settings, store: string): void {
  keep(settings, others(settings, store))
}

/** Undefined where there is no such file. */
export function bytesOf(store: string): number | undefined {
  return statSync(store, { throwIfNoEntry: false })?.size
}

function others(settings: Settings, store: string): readonly RecentStore[] {
  return recentStores(settings).filter(one => one.path !== store)
}

function keep(settings: Settings, stores: readonly RecentStore[]): void {
  try {
    settings.write(name, JSON.stringify(stores.slice(0, most)))
  } catch (error) {
    const why = error instanceof Error ? error.message : 'no reason given'
    console.error(`spanwise: the list of stores could not be kept: ${why}`)
  }
}

function isRecent(one: unknown): one is RecentStore {
  if (typeof one !== 'object' || one === null || !('path' in one) || !('opened' in one)) return false
  return typeof one.path === 'string' && path.isAbsolute(one.path) && typeof one.opened === 'number'
}
