import { isZeroDecimal } from '../domain/numbers.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { readShape } from './basic.ts'
import { kindRank, type Convention, type Facts, type Reading } from './convention.ts'
import { readOrigin } from './resource.ts'
import { readStatus } from './status.ts'
import { canonicalUsage, countNumbers, type WrittenUsage } from './usage.ts'

/** Every fact of a span, for whoever asks: the import, or a whole reading that remembers which attribute answered. */
export function interpret(span: RawSpan, speakers: readonly Convention[], reading: Reading<Facts>): void {
  let usage: WrittenUsage | undefined
  for (const convention of speakers) {
    convention.facts(span, reading)
    const written = convention.usage?.(span)
    if (written && (!usage || countNumbers(written) > countNumbers(usage))) usage = written
  }
  if (usage) takeUsage(usage, reading)
  reading.take('model', reading.values.requestModel, 'request model', 9)
  readOrigin(span, reading)
  readShape(span, reading)
  readStatus(span, reading)
  settle(reading)
}

function takeUsage(written: WrittenUsage, reading: Reading<Facts>): void {
  const { usage, doubtful, decidedBy } = canonicalUsage(written, {
    provider: reading.values.provider,
    model: reading.values.model ?? reading.values.requestModel,
  })
  reading.take('usage', usage, decidedBy === undefined ? written.from : `${written.from} (${decidedBy})`)
  if (doubtful) reading.marks.push('doubtful-usage')
}

/** What only shows once every field is read. */
function settle(reading: Reading<Facts>): void {
  const { values } = reading
  reading.take('kind', 'other', 'nothing', kindRank.nothing)
  const { usage, recordedCost } = values
  if (usage && values.kind === 'generation' && usage.input === 0 && values.status !== 'error')
    reading.marks.push('doubtful-usage')
  // Zero beside tokens is "not priced", not "free".
  if (
    recordedCost !== undefined &&
    isZeroDecimal(recordedCost) &&
    ((usage?.input ?? 0) > 0 || (usage?.output ?? 0) > 0)
  ) {
    reading.drop('recordedCost')
    reading.marks.push('zero-cost')
  }
  // A doubt about one field's cost, where another field gives one.
  if (reading.has('recordedCost')) reading.unmark('doubtful-cost', 'other-currency')
  // OpenInference stamps the prompt on every span under a context, tools and retrievers too: it belongs to generations.
  if (values.kind !== 'generation' && values.kind !== 'prompt') {
    reading.drop('promptName')
    reading.drop('promptVersion')
  }
}
