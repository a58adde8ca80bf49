import type { Store } from '../open.ts'

/** Texts held at most: what is on the screen and what facets name, not a million session ids. */
const mostHeld = 200_000

/** Texts of `name` by their ids. */
export class Names {
  private readonly texts = new Map<number, string>()
  private readonly store: Store

  constructor(store: Store) {
    this.store = store
  }

  /** Empty for 0, and for a name that is gone. */
  text(id: number): string {
    if (id === 0) return ''
    let text = this.texts.get(id)
    if (text === undefined) {
      text = this.store.query<[number], { s: string }>('name-read').get(id)?.s ?? ''
      if (this.texts.size >= mostHeld) this.texts.clear()
      this.texts.set(id, text)
    }
    return text
  }
}
