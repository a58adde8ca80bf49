// What a person chose on this machine, whatever the store: texts by name, all beginning with `spanwise.`. The host keeps
// them in a file of its own, because a page of 127.0.0.1 has another address, and so another storage, at every start.

import type { Client } from '../../shared/contract/index.ts'

/** Milliseconds within which further changes of one name are written together: a divider is dragged. */
const pause = 300
/** Milliseconds that a page waits for its settings before it shows itself without them. */
const patience = 2000

let values: Map<string, string> | undefined
let file: string | undefined
let write: ((name: string, value: string | null) => void) | undefined
const resting = new Map<string, ReturnType<typeof setTimeout>>()
const changed = new Set<string>()

/** Reads what the host keeps. Until then, and where it keeps nothing, the page's own storage is used. */
export async function loadKept(client: Client): Promise<void> {
  try {
    const late = new Promise<undefined>(resolve => setTimeout(resolve, patience, undefined))
    const answer = await Promise.race([client.ask('settings.read', {}), late])
    if (!answer || answer.file === null) return
    file = answer.file
    values = new Map(Object.entries(answer.settings))
    write = (name, value) => void client.ask('settings.write', { name, value }).catch(() => {})
    addEventListener('pagehide', sendRest)
  } catch {
    // It was not there to be asked: the page shows that soon enough.
  }
}

/** Where it is kept; undefined: in the page's own storage. */
export function keptFile(): string | undefined {
  return file
}

/** As `Storage`, and never throws: what cannot be kept lasts as long as the window. */
export const kept = {
  getItem(name: string): string | null {
    if (values) return values.get(name) ?? null
    try {
      return localStorage.getItem(name)
    } catch {
      return null
    }
  },
  setItem(name: string, value: string): void {
    if (!values) return inPage(storage => storage.setItem(name, value))
    values.set(name, value)
    send(name)
  },
  removeItem(name: string): void {
    if (!values) return inPage(storage => storage.removeItem(name))
    if (values.delete(name)) send(name)
  },
}

/** At once, then no sooner than after a pause. */
function send(name: string): void {
  if (resting.has(name)) return void changed.add(name)
  write?.(name, values?.get(name) ?? null)
  resting.set(
    name,
    setTimeout(() => {
      resting.delete(name)
      if (changed.delete(name)) send(name)
    }, pause),
  )
}

/** What was chosen a moment before the window closes is kept too. */
function sendRest(): void {
  for (const name of changed) write?.(name, values?.get(name) ?? null)
  changed.clear()
}

function inPage(work: (storage: Storage) => void): void {
  try {
    work(localStorage)
  } catch {
    // A page without storage.
  }
}

/** For panes whose library names what it keeps. */
export const keptLayout = {
  getItem: (name: string) => kept.getItem(`spanwise.layout.${name}`),
  setItem: (name: string, value: string) => kept.setItem(`spanwise.layout.${name}`, value),
}
