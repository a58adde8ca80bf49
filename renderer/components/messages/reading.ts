import { createStore } from '../../state/store.ts'

/** How a reader likes to read messages: kept on this machine. */
export interface Reading {
  /** Texts of people and models as Markdown, or as they are written. */
  readonly markdown: boolean
  /** Messages that the call before had too are one line with their count. */
  readonly onlyNew: boolean
}

const key = 'spanwise.messages'
const usual: Reading = { markdown: true, onlyNew: true }

export const reading = createStore<Reading>(recall())

export function read(change: Partial<Reading>): void {
  reading.update(now => ({ ...now, ...change }))
  try {
    localStorage.setItem(key, JSON.stringify(reading.get()))
  } catch {
    // No storage: the choice lasts as long as the window.
  }
}

function recall(): Reading {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    const said = (name: keyof Reading) => {
      const value = Object(kept)[name] as unknown
      return typeof value === 'boolean' ? value : usual[name]
    }
    return { markdown: said('markdown'), onlyNew: said('onlyNew') }
  } catch {
    return usual
  }
}
