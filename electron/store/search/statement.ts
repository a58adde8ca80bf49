/** What is bound to a statement's names. */
export type Bound = Record<string, string | number | bigint>

/**
 * SQL of one question as it is built. Everything a person wrote goes through `bind`; the text itself is made of our own
 * words only.
 */
export class Builder {
  readonly values: Bound = {}
  /** What fills the tables that structure clauses look up, in order, before the question itself is asked. */
  readonly fills: string[] = []
  private names = 0

  bind(value: string | number | bigint): string {
    const name = this.name()
    this.values[name] = typeof value === 'bigint' ? clamp(value) : value
    return `@${name}`
  }

  /** A name that nothing else has. */
  name(): string {
    return `p${++this.names}`
  }

  /** A table of places, filled by a SELECT of trace, depth, pre and last; its name. */
  places(select: string): string {
    const name = `temp.places_${this.fills.length + 1}`
    this.fills.push(`INSERT OR IGNORE INTO ${name} ${select}`)
    return name
  }
}

const furthest = (1n << 63n) - 1n

/** Nothing in the store lies past 64 bits. */
function clamp(value: bigint): bigint {
  return value > furthest ? furthest : value < -furthest ? -furthest : value
}
