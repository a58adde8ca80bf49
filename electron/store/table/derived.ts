const megabytes512 = 512 << 20

const columns = new WeakSet<ArrayBufferLike>()

/** A column of a table: it is there anyway, and what is made of it and is the same array takes no room. */
export function ownColumn<A extends ArrayBufferView>(column: A): A {
  columns.add(column.buffer)
  return column
}

interface Entry {
  readonly value: unknown
  readonly buffers: readonly ArrayBufferLike[]
}

/** What is worked out from columns and can be again. An array that is kept under several keys is counted once. */
export class Derived {
  private readonly most: number
  private readonly kept = new Map<string, Entry>()
  private readonly holders = new Map<ArrayBufferLike, number>()
  private bytes = 0

  /** `most`: bytes of what is kept; what was asked for longest ago goes first. */
  constructor(most = megabytes512) {
    this.most = most
  }

  get<T>(key: string, make: () => T): T {
    const found = this.kept.get(key)
    if (found) {
      this.kept.delete(key)
      this.kept.set(key, found)
      return found.value as T
    }
    const value = make()
    const buffers = buffersOf(value)
    this.kept.set(key, { value, buffers })
    for (const buffer of buffers) this.hold(buffer, 1)
    for (const [old, entry] of this.kept) {
      if (this.bytes <= this.most || old === key) break
      this.kept.delete(old)
      for (const buffer of entry.buffers) this.hold(buffer, -1)
    }
    return value
  }

  private hold(buffer: ArrayBufferLike, more: 1 | -1): void {
    const before = this.holders.get(buffer) ?? 0
    if (before + more === 0) this.holders.delete(buffer)
    else this.holders.set(buffer, before + more)
    if (before === 0) this.bytes += buffer.byteLength
    else if (before + more === 0) this.bytes -= buffer.byteLength
  }

  has(key: string): boolean {
    return this.kept.has(key)
  }

  clear(): void {
    this.kept.clear()
    this.holders.clear()
    this.bytes = 0
  }
}

/** Of arrays, in the value itself or right below it; what is only made when it is looked at is not looked at. */
function buffersOf(value: unknown): readonly ArrayBufferLike[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const below = ArrayBuffer.isView(value)
    ? [value]
    : Object.values(Object.getOwnPropertyDescriptors(value)).map(one => one.value as unknown)
  const buffers = below.flatMap(one => (ArrayBuffer.isView(one) ? [one.buffer] : []))
  return [...new Set(buffers)].filter(buffer => !columns.has(buffer))
}
