/** What was made last, by name. */
export class Recent<T> {
  private readonly kept = new Map<string, T>()
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  get(key: string, make: () => T, isKept: (made: T) => boolean = () => true): T {
    const found = this.kept.has(key) ? this.kept.get(key)! : make()
    if (!isKept(found)) return found
    this.kept.delete(key)
    this.kept.set(key, found)
    if (this.kept.size > this.most) this.kept.delete(this.kept.keys().next().value!)
    return found
  }

  /** Undefined where it was not made, or is gone. */
  known(key: string): T | undefined {
    const found = this.kept.get(key)
    if (found === undefined) return undefined
    this.kept.delete(key)
    this.kept.set(key, found)
    return found
  }

  values(): Iterable<T> {
    return this.kept.values()
  }

  clear(): void {
    this.kept.clear()
  }
}
