// A span's attributes and nothing else, as tests and bug reports hold them: bare, or under `attributes` beside `spanName`.
// One span without ids and times.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { AttributeValue, Attributes, RawSpan } from '../../../shared/domain/raw-span.ts'
import { eachRecord, type Certainty, type Defer, type TraceFormat } from '../format.ts'
import { spanOfFields } from './span-fields.ts'
import { readAnyValue } from './otlp-values.ts'
import { isObject, nameOf, plainValue, type Fields } from './values.ts'

const dialects = /^(?:llm|gen_ai|ai|openinference|traceloop|langfuse|langsmith|mlflow)\.[a-z]/

function detect(record: JsonObject): Certainty {
  if ('trace_id' in record || 'traceId' in record) return 'no'
  if (speaks(record)) return 'likely'
  const { attributes } = record
  return 'spanName' in record && isObject(attributes) && speaks(attributes) ? 'certain' : 'no'
}

/** Two names of a dialect: one may be anybody's. */
function speaks(bag: Fields): boolean {
  let found = 0
  for (const name in bag) if (dialects.test(name) && ++found === 2) return true
  return false
}

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  const bag = record as Fields
  const named = 'spanName' in bag && isObject(bag['attributes'])
  const attributes = readBag(named ? (bag['attributes'] as Fields) : bag, defer)
  const nothing = { traceId: '', spanId: '', parentId: '', start: undefined, end: undefined }
  const scope = named ? { name: bag['scopeName'], version: bag['scopeVersion'] } : undefined
  const raw = spanOfFields({ ...nothing, name: bag['spanName'], attributes, scope }, defer)
  raw.marks = ['undated']
  return raw
}

/** OTLP's lists may come half unpacked: `{"values": [{"stringValue": …}]}`. */
function readBag(bag: Fields, defer: Defer): Attributes {
  const attributes = Object.create(null) as Record<string, AttributeValue>
  for (const name of Object.keys(bag)) {
    const value = bag[name]
    const values = isObject(value) && Object.keys(value).length === 1 ? value['values'] : undefined
    attributes[nameOf(name, defer)] = Array.isArray(values)
      ? values.map(item => readAnyValue(item, defer))
      : plainValue(value, defer)
  }
  return attributes
}

export const attributeBag: TraceFormat = {
  id: 'attribute-bag',
  label: 'Attributes of a span',
  detect,
  open: eachRecord,
  rawSpan,
}
