/**
 * Which texts stand in the messages of histories, by the bodies of the messages: a call of a hundred messages asks a hundred
 * times. A list of messages is read as one message with a secret text. Where that comes out as what it is, the span has what each
 * message of the list says, which is known by its body; else it is read with its list.
 */
export class ItemParts {
  /** By body: 0 is not known, 1 one that does not stand for itself, else where its texts stand in `data`, and 2. */
  private places = new Uint32Array(1 << 12)
  /** How many texts, then of each its number and what it is on either side. */
  private data = new Uint32Array(1 << 14)
  private used = 0

  /** Where its texts stand; -1 where it does not stand for itself; undefined where nobody has looked. */
  placeOf(body: number): number | undefined {
    const place = this.places[body] ?? 0
    return place === 0 ? undefined : place === 1 ? -1 : place - 2
  }

  /** `parts` has of each text its number and what it is, given sides. Undefined is a body that does not stand for itself. */
  put(body: number, parts: readonly number[] | undefined): number {
    if (body >= mostBodies) return -1
    if (body >= this.places.length) this.places = widened(this.places, body + 1)
    if (!parts) {
      this.places[body] = 1
      return -1
    }
    if (this.used + parts.length >= mostData) this.clear()
    if (this.used + parts.length >= this.data.length) this.data = widened(this.data, this.used + parts.length + 1)
    const place = this.used
    this.data[this.used++] = parts.length / 2
    this.data.set(parts, this.used)
    this.used += parts.length
    this.places[body] = place + 2
    return place
  }

  /** Adds what stands at a place to a list, given a side. */
  addTo(list: PartList, place: number, side: 'input' | 'output'): void {
    const end = place + 1 + 2 * this.data[place]!
    for (let at = place + 1; at < end; at += 2) {
      const parts = this.data[at + 1]!
      list.add(this.data[at]!, side === 'input' ? parts & 255 : parts >>> 8)
    }
  }

  private clear(): void {
    this.places.fill(0)
    this.used = 0
  }
}

/** Texts by their numbers, each with what it is. */
export class PartList {
  texts = new Uint32Array(8)
  parts = new Uint8Array(8)
  count = 0

  add(text: number, parts: number): void {
    if (this.count === this.texts.length) {
      this.texts = widened(this.texts, 0)
      const wider = new Uint8Array(this.texts.length)
      wider.set(this.parts)
      this.parts = wider
    }
    this.texts[this.count] = text
    this.parts[this.count++] = parts
  }

  addAll({ texts, parts, count }: PartList): void {
    for (let i = 0; i < count; i++) this.add(texts[i]!, parts[i]!)
  }

  copy(): PartList {
    const copy = new PartList()
    copy.texts = this.texts.slice(0, this.count)
    copy.parts = this.parts.slice(0, this.count)
    copy.count = this.count
    return copy
  }
}

/** Bodies past these are read with their lists: 64 MB for numbers of bodies, as much for what they say. */
const mostBodies = 1 << 24
const mostData = 1 << 24

function widened(array: Uint32Array, least: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(Math.max(array.length * 2, least))
  wider.set(array)
  return wider
}
