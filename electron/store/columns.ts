type Column = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array
type Shape = { readonly [name: string]: new (length: number) => Column }
type ColumnsOf<S extends Shape> = { -readonly [K in keyof S]: InstanceType<S[K]> }

/** Rows as typed columns that grow: a row is a number, and a million of them cost no objects. */
export class Columns<S extends Shape> {
  count = 0
  readonly at: ColumnsOf<S>
  private readonly shape: S
  private capacity: number

  constructor(shape: S, capacity = 256) {
    this.shape = shape
    this.capacity = capacity
    const columns: { [name: string]: Column } = {}
    for (const name of Object.keys(shape)) columns[name] = new shape[name]!(capacity)
    this.at = columns as ColumnsOf<S>
  }

  /** Makes room for `rows` in all; what is there stays. */
  reserve(rows: number): void {
    if (rows <= this.capacity) return
    this.capacity = Math.max(rows, Math.ceil(this.capacity * 1.7))
    const columns: { [name: string]: Column } = this.at
    for (const name of Object.keys(this.shape)) {
      const wider = new this.shape[name]!(this.capacity)
      wider.set(columns[name]!)
      columns[name] = wider
    }
  }

  /**
   * The number of a new row. Its columns hold whatever was there before, and may be other arrays than a moment ago: take
   * the row first, then write to `at`.
   */
  add(): number {
    if (this.count === this.capacity) this.reserve(this.count + 1)
    return this.count++
  }
}
