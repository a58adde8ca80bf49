/** A set of numbers that are integers below 2^53, at 8 bytes a slot where a Set of doubles takes over 40. */
export class NumberSet {
  private slots = new Float64Array(1024).fill(-1)
  private count = 0

  /** False when it was there. */
  add(value: number): boolean {
    if (this.count * 5 >= this.slots.length * 3) this.widen()
    const at = this.placeOf(value)
    if (this.slots[at] === value) return false
    this.slots[at] = value
    this.count++
    return true
  }

  clear(): void {
    this.slots = new Float64Array(1024).fill(-1)
    this.count = 0
  }

  private placeOf(value: number): number {
    const { slots } = this
    const mask = slots.length - 1
    const mixed = Math.imul(value | 0, 0x9e3779b1) ^ Math.imul(value / 0x1_0000_0000, 0x85ebca6b)
    let at = (mixed ^ (mixed >>> 15)) & mask
    while (slots[at] !== -1 && slots[at] !== value) at = (at + 1) & mask
    return at
  }

  private widen(): void {
    const before = this.slots
    this.slots = new Float64Array(before.length * 2).fill(-1)
    for (const value of before) if (value !== -1) this.slots[this.placeOf(value)] = value
  }
}
