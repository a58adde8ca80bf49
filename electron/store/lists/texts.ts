import type { ListValue } from '../../../shared/contract/lists.ts'

/** Texts of a window, each once. */
export class Texts {
  readonly all: (ListValue | ListValue[])[] = []
  private readonly places = new Map<string, number>()

  place(values: readonly ListValue[]): number {
    const [only, another] = values
    if (only === undefined) return Number.NaN
    const text = another === undefined ? only : [...values]
    const key = JSON.stringify(text)
    let place = this.places.get(key)
    if (place === undefined) this.places.set(key, (place = this.all.push(text) - 1))
    return place
  }
}
