import { longer } from '../table/arrays.ts'
import type { ItemSet } from '../table/row-set.ts'

/** A whole list in its order, matching or not; `places` is where each item stands in it. */
export interface Order {
  readonly whole: Uint32Array
  readonly places: () => Uint32Array
}

/** So few of the items that are wanted, or fewer, are found sooner by themselves than along the whole list. */
const few = 8

/** The matching items of a list in its order, as far as somebody asked: the first page does not wait for the last. */
export class InOrder {
  readonly total: number
  private readonly order: Order
  private readonly items: ItemSet
  private found = new Uint32Array()
  private count = 0
  private at = 0

  constructor(order: Order, items: ItemSet) {
    this.order = order
    this.items = items
    this.total = items.total
  }

  window(offset: number, limit: number): Uint32Array {
    const end = Math.min(offset + limit, this.total)
    if (this.count === 0 && this.total <= few * end) this.findAll()
    else this.find(end)
    return this.found.subarray(Math.min(offset, end), end)
  }

  private find(end: number): void {
    const { items } = this
    const { whole } = this.order
    if (end > this.found.length) this.found = longer(this.found, Math.min(Math.max(end, 2 * this.count), this.total))
    const { found } = this
    let { at, count } = this
    while (count < end && at < whole.length) {
      const item = whole[at++]!
      if (items.has(item)) found[count++] = item
    }
    this.at = at
    this.count = count
  }

  private findAll(): void {
    const { whole, places } = this.order
    const placeOf = places()
    const found = this.items.numbers().map(item => placeOf[item]!)
    found.sort()
    for (let i = 0; i < found.length; i++) found[i] = whole[found[i]!]!
    this.found = found
    this.count = found.length
    this.at = whole.length
  }
}
