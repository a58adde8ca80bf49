/** Bytes of what is kept at most; what was asked for longest ago goes first. */
const most = 512 << 20

/** What is worked out from columns and can be again. */
export class Derived {
  private readonly kept = new Map<string, { readonly value: unknown; readonly bytes: number }>()
  private bytes = 0

  get<T>(key: string, make: () => T): T {
    const found = this.kept.get(key)
    if (found) {
      this.kept.delete(key)
      this.kept.set(key, found)
      return found.value as T
    }
    const value = make()
    const entry = { value, bytes: bytesOf(value) }
    this.kept.set(key, entry)
    this.bytes += entry.bytes
    for (const [old, { bytes }] of this.kept) {
      if (this.bytes <= most || old === key) break
      this.kept.delete(old)
      this.bytes -= bytes
    }
    return value
  }

  has(key: string): boolean {
    return this.kept.has(key)
  }

  clear(): void {
    this.kept.clear()
    this.bytes = 0
  }
}

/** Of arrays, in the value itself or right below it. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, one) => sum + (ArrayBuffer.isView(one) ? one.byteLength : 0), 0)
}
