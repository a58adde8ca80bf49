// What OTLP's spans and log records share: where they stand, and how ids and times are written.

import type { Attributes, RawScope } from '../../../shared/domain/raw-span.ts'
import { parseTime } from '../../../shared/domain/times.ts'
import type { Nanoseconds } from '../../../shared/domain/units.ts'
import { noAttributes, type Defer } from '../format.ts'
import { readAttributes } from './otlp-values.ts'
import { isDigits, isObject, textIn, type Fields } from './values.ts'

/** Everything the file said around a span, under its own names. */
export interface OtlpContext {
  readonly resourceSpans: Fields
  readonly scopeSpans: Fields
}

export const firstOf = (object: Fields, names: readonly string[]): string | undefined =>
  names.find(name => name in object)

export interface Surroundings {
  readonly resource: Attributes
  readonly scope: RawScope
}

/** Thousands of spans share a context object, most often with the span before. */
const known = new WeakMap<object, Surroundings>()
let latest: { readonly context: OtlpContext; readonly found: Surroundings } | undefined

export function surroundingsOf(context: OtlpContext, defer: Defer): Surroundings {
  if (latest?.context === context) return latest.found
  const found = lookUp(context, defer)
  latest = { context, found }
  return found
}

function lookUp(context: OtlpContext, defer: Defer): Surroundings {
  let found = known.get(context)
  if (!found) {
    const resource = isObject(context.resourceSpans)
      ? (context.resourceSpans['resource'] ?? context.resourceSpans['Resource'])
      : undefined
    const group = isObject(context.scopeSpans) ? context.scopeSpans : {}
    const scope =
      group['scope'] ?? group['instrumentationLibrary'] ?? group['instrumentation_library'] ?? group['Scope']
    found = {
      resource: isObject(resource)
        ? readAttributes(resource['attributes'] ?? resource['Attributes'], defer)
        : noAttributes,
      scope: isObject(scope) ? readScope(scope, defer) : { attributes: noAttributes },
    }
    known.set(context, found)
  }
  return found
}

function readScope(scope: Fields, defer: Defer): RawScope {
  const name = textIn(scope['name'], defer)
  const version = textIn(scope['version'], defer)
  return {
    ...(name ? { name } : {}),
    ...(version ? { version } : {}),
    attributes: readAttributes(scope['attributes'], defer),
  }
}

/** Nanoseconds by the specification, whatever their size; anything but digits goes by what it looks like. */
export function timeOf(written: unknown): Nanoseconds | undefined {
  if (typeof written === 'string' && isDigits(written, 20)) return nonZero(BigInt(written))
  if (typeof written === 'bigint') return nonZero(written)
  if (typeof written === 'number') return Number.isInteger(written) ? nonZero(BigInt(written)) : undefined
  return parseTime(written)?.ns
}

function nonZero(time: bigint): Nanoseconds | undefined {
  return time === 0n || time >= furthest || time <= -furthest ? undefined : time
}

/** 64 bits, like the field itself. */
const furthest = 1n << 63n
