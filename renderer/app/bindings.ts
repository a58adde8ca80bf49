// Keys that a person gave to commands in place of their own. Kept with the settings, by the id of the command.

import { kept } from '../state/kept.ts'
import { createStore, useStore } from '../state/store.ts'

const name = 'spanwise.keys'
const revision = createStore(0)

let readFrom: string | null = null
let own: ReadonlyMap<string, readonly string[]> = new Map()

interface Keyed {
  readonly id: string
  readonly keys?: readonly string[]
}

/** The keys that run a command now: the person's, or else its own. */
export function keysOf({ id, keys = [] }: Keyed): readonly string[] {
  return ownKeys().get(id) ?? keys
}

export function isRebound(id: string): boolean {
  return ownKeys().has(id)
}

/** Undefined gives a command its own keys back; none takes its keys away. */
export function bindKeys(id: string, keys: readonly string[] | undefined): void {
  const next = new Map(ownKeys())
  if (keys) next.set(id, keys)
  else next.delete(id)
  if (next.size === 0) kept.removeItem(name)
  else kept.setItem(name, JSON.stringify(Object.fromEntries(next)))
  revision.update(n => n + 1)
}

/** Renders again when keys were given. */
export function useBindings(): void {
  useStore(revision)
}

function ownKeys(): ReadonlyMap<string, readonly string[]> {
  const text = kept.getItem(name)
  if (text === readFrom) return own
  readFrom = text
  own = new Map(readKeys(text))
  return own
}

function readKeys(text: string | null): (readonly [string, readonly string[]])[] {
  try {
    const found: unknown = JSON.parse(text ?? '{}')
    if (typeof found !== 'object' || found === null) return []
    return Object.entries(found).flatMap(([id, keys]: [string, unknown]) =>
      Array.isArray(keys) ? [[id, keys.filter(key => typeof key === 'string').slice(0, 4)] as const] : [],
    )
  } catch {
    return []
  }
}
