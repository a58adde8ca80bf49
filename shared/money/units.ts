// What is counted and has a price. A unit is what its dimensions say: one that has all dimensions of another is a part of it
// (cached audio of the input). Names are those of genai-prices, whose data we read.

export interface Unit {
  readonly index: number
  /** `cache_read_tokens` */
  readonly name: string
  /** `cache_read_mtok` */
  readonly priceName: string
  /** How many a price is quoted for. */
  readonly per: number
  readonly dimensions: Readonly<Record<string, string>>
  /** The same as bits: one for each dimension with its value, and one for each dimension. */
  readonly says: number
  readonly speaksOf: number
}

export type UnitName = string

const units: Unit[] = []
const byName = new Map<string, Unit>()
const byPrice = new Map<string, Unit>()
const bySaying = new Map<number, Unit>()
/** Bits of what units say, and of what of: fewer than 31 of each. */
const saidBits = new Map<string, number>()
const dimensionBits = new Map<string, number>()

for (const modality of ['', 'text', 'audio', 'image', 'video']) {
  const of = modality === '' ? '' : `${modality}_`
  const tokens = (direction: string, dimensions: Record<string, string>, name: string) =>
    add(`${name}_tokens`, `${name}_mtok`, 1e6, {
      family: 'tokens',
      direction,
      ...(modality === '' ? {} : { modality }),
      ...dimensions,
    })
  tokens('input', {}, `input${of && `_${modality}`}`)
  tokens('input', { token_type: 'tool' }, `input_${of}tool`)
  tokens('input', { token_type: 'cache_read' }, `cache_${of}read`)
  tokens('input', { token_type: 'cache_write' }, `cache_${of}write`)
  for (const cache_ttl of ['5m', '1h'])
    tokens('input', { token_type: 'cache_write', cache_ttl }, `cache_${of}write_${cache_ttl}`)
  tokens('output', {}, `output${of && `_${modality}`}`)
  for (const token_type of ['reasoning', 'citation']) tokens('output', { token_type }, `output_${of}${token_type}`)
}
add('audio_seconds', 'audio_hours', 3600, { family: 'durations', modality: 'audio' })
for (const direction of ['input', 'output'])
  add(`${direction}_audio_seconds`, `${direction}_audio_hours`, 3600, {
    family: 'durations',
    modality: 'audio',
    direction,
  })
add('input_document_pages', 'input_document_kpages', 1000, { family: 'document_pages', direction: 'input' })
add('input_annotated_document_pages', 'input_annotated_document_kpages', 1000, {
  family: 'document_pages',
  direction: 'input',
  page_type: 'annotated',
})
add('input_characters', 'input_mchars', 1e6, { family: 'characters', direction: 'input' })
add('input_pixels', 'input_gpixels', 1e9, { family: 'pixels', direction: 'input' })
add('input_text_messages', 'input_text_messages_kcount', 1000, {
  family: 'messages',
  direction: 'input',
  modality: 'text',
})
add('requests', 'requests_kcount', 1000, { family: 'requests' })
add('rerank_searches', 'rerank_searches_kcount', 1000, { family: 'rerank' })
for (const tool_type of ['code_execution', 'social_search', 'storage_search', 'web_search']) {
  const plural = tool_type.replace(/ch$/, 'che')
  add(`${plural}s`, `${plural}s_kcount`, 1000, { family: 'tool_calls', tool_type })
}

function add(name: string, priceName: string, per: number, dimensions: Record<string, string>): void {
  let [says, speaksOf] = [0, 0]
  for (const [dimension, value] of Object.entries(dimensions)) {
    says |= bitOf(saidBits, `${dimension} ${value}`)
    speaksOf |= bitOf(dimensionBits, dimension)
  }
  const unit = { index: units.length, name, priceName, per, dimensions, says, speaksOf }
  units.push(unit)
  bySaying.set(says, unit)
  byName.set(name, unit)
  byPrice.set(priceName, unit)
}

function bitOf(bits: Map<string, number>, name: string): number {
  let bit = bits.get(name)
  if (bit === undefined) bits.set(name, (bit = 1 << bits.size))
  return bit
}

export const allUnits: readonly Unit[] = units

export function unitNamed(name: UnitName): Unit | undefined {
  return byName.get(name)
}

export function unitOfPrice(priceName: string): Unit | undefined {
  return byPrice.get(priceName)
}

/** Whether every dimension of `whole` is one of `part`, which is another. */
export function isPartOf(part: Unit, whole: Unit): boolean {
  return part !== whole && (part.says & whole.says) === whole.says
}

/** What two units that overlap have in common (`cache_read` and `input_audio`: cached audio); undefined where they do not. */
export function commonPart(a: Unit, b: Unit): Unit | undefined {
  return overlap(a, b) ? bySaying.get(a.says | b.says) : undefined
}

/** Whether two units overlap and neither is a part of the other. */
export function cross(a: Unit, b: Unit): boolean {
  return a !== b && !isPartOf(a, b) && !isPartOf(b, a) && overlap(a, b)
}

/** Whether nothing that one says contradicts the other: of each dimension that both speak of they say the same. */
function overlap(a: Unit, b: Unit): boolean {
  return ones(a.says & b.says) === ones(a.speaksOf & b.speaksOf)
}

function ones(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}
