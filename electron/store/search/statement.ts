/** What is bound to a statement's names. */
export type Bound = Record<string, string | number | bigint>

/**
 * SQL of one question as it is built. Everything a person wrote goes through `bind`; the text itself is made of our own
 * words only.
 */
export class Builder {
  readonly values: Bound = {}
  /** Run in this order before the question itself: what structure clauses look up. */
  readonly steps: { readonly create: string; readonly fill: string; readonly drop: string }[] = []
  private names = 0

  bind(value: string | number | bigint): string {
    const name = `p${++this.names}`
    this.values[name] = typeof value === 'bigint' ? clamp(value) : value
    return `@${name}`
  }

  /** A table of this question alone. */
  table(columns: string, fill: string): string {
    const name = `temp.found_${++tables}`
    this.steps.push({
      create: `CREATE TEMP TABLE ${name.slice(5)}(${columns}) WITHOUT ROWID`,
      fill: `INSERT OR IGNORE INTO ${name} ${fill}`,
      drop: `DROP TABLE IF EXISTS ${name}`,
    })
    return name
  }
}

let tables = 0

const furthest = (1n << 63n) - 1n

/** Nothing in the store lies past 64 bits. */
function clamp(value: bigint): bigint {
  return value > furthest ? furthest : value < -furthest ? -furthest : value
}
