import type { JsonObject } from '../../../shared/domain/json.ts'
import type { TraceFormat } from '../format.ts'
import { flat } from './flat.ts'
import { otlpJson } from './otlp-json.ts'

/** Asked in this order; the surest wins, the earlier one a tie. */
export const formats: readonly TraceFormat[] = [otlpJson, flat]

const byId = new Map(formats.map(format => [format.id, format]))

export function formatOf(id: string): TraceFormat | undefined {
  return byId.get(id)
}

/** The format of one record. */
export function detectFormat(record: JsonObject): TraceFormat | undefined {
  let likely: TraceFormat | undefined
  for (const format of formats) {
    const certainty = format.detect(record)
    if (certainty === 'certain') return format
    if (certainty === 'likely') likely ??= format
  }
  return likely
}
