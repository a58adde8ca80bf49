/** Work that is done one at a time, in the order it came: imports and removals. */
export class Queue {
  private last: Promise<unknown> = Promise.resolve()
  private waiting = 0

  /** How much is waiting or being done. */
  get length(): number {
    return this.waiting
  }

  /** Starts when everything before it is done, whether that went well or not. */
  add<T>(work: () => Promise<T> | T): Promise<T> {
    this.waiting += 1
    const mine = this.last.then(async () => {
      try {
        return await work()
      } finally {
        this.waiting -= 1
      }
    })
    this.last = mine.catch(() => {})
    return mine
  }
}
