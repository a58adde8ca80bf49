import type { Said } from '../../../shared/query/said.ts'
import type { PartList } from './item-parts.ts'
import type { Outline, ToldValue } from './span-texts.ts'

/** Outlines held, and characters of them: what is past them is read once more. */
const mostOutlines = 20_000
const mostCharacters = 8 << 20

/** What a record said that was read. */
export interface KnownOutline {
  readonly texts: PartList
  readonly said: Said | undefined
  /** As what each text stands that its outline tells. */
  readonly told: readonly number[]
  /** What it said besides was what stood in its outline. */
  readonly tellsResponse: boolean
  readonly tellsTemperature: boolean
}

/** What a record says besides that differs from a known one in its outline's own members only. */
export function saidLike({ said, tellsResponse, tellsTemperature }: KnownOutline, outline: Outline): Said | undefined {
  if (!said || (!tellsResponse && !tellsTemperature)) return said
  const { response, temperature } = outline
  return {
    finish: said.finish,
    temperature: tellsTemperature ? temperature : said.temperature,
    names: said.names,
    response: tellsResponse ? response : said.response,
  }
}

/** A kept record with marks in place of strings. */
export function markTold(kept: string, told: readonly ToldValue[], marks: readonly string[]): string {
  let [marked, at] = ['', 0]
  for (const [i, { from, to }] of told.entries()) {
    marked += kept.slice(at, from) + JSON.stringify(marks[i])
    at = to
  }
  return marked + kept.slice(at)
}

/**
 * What records said, by what is left of them without what nobody searches (`electron/import/outline.ts`). Those that differ in ids,
 * times, numbers and a tool's arguments and result only say the same but for these: one of them is read, with marks in their
 * place, as what each then is in all others.
 */
export class KnownOutlines {
  /** By context, then by key. */
  private known = new Map<string, Map<string, KnownOutline>>()
  private count = 0
  private characters = 0

  get(context: string, key: string): KnownOutline | undefined {
    return this.known.get(context)?.get(key)
  }

  put(context: string, outline: Outline, texts: PartList, said: Said | undefined, told: readonly number[]): void {
    const { key, response, temperature } = outline
    const tellsResponse = response !== '' && said?.response === response
    const tellsTemperature = temperature !== '' && said?.temperature === temperature
    // Where something else may have said it, the next record's is not known.
    if (tellsResponse && key.toLowerCase().includes(response)) return
    if (tellsTemperature && key.split('temperature').length > 2) return
    this.count++
    this.characters += key.length
    if (this.count > mostOutlines || this.characters > mostCharacters) {
      this.known = new Map()
      this.count = 1
      this.characters = key.length
    }
    let ofContext = this.known.get(context)
    if (!ofContext) this.known.set(context, (ofContext = new Map()))
    ofContext.set(key, { texts: texts.copy(), said, told, tellsResponse, tellsTemperature })
  }
}
