import type { Status } from '../../../shared/domain/kind.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { Attributes, DeferredText, RawEvent, RawLink, RawSpan } from '../../../shared/domain/raw-span.ts'
import { ownNames } from '../../../shared/domain/own-names.ts'
import type { Nanoseconds } from '../../../shared/domain/units.ts'
import type { Defer } from '../format.ts'
import { asLogfire } from './logfire-spans.ts'
import { asExported } from './own-export.ts'
import { surroundingsOf, type OtlpContext } from './otlp-around.ts'
import { markTimes } from './values.ts'

/** The fields of a span as OTLP writes them, each in its own type; ids in normal form, '' where there is none. */
export interface WrittenSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly name: string | undefined
  readonly start: Nanoseconds | undefined
  readonly end: Nanoseconds | undefined
  /** Of its status: a digit, or a name. */
  readonly code: string | undefined
  readonly message: string | DeferredText | undefined
  readonly attributes: Attributes
  readonly events: readonly RawEvent[]
  readonly links: readonly RawLink[]
}

/** A span in its surroundings, and what is odd about it. */
export function spanOf(written: WrittenSpan, context: OtlpContext, defer: Defer): RawSpan {
  const { traceId, spanId, parentId, start, end, code, message } = written
  const marks: Mark[] = []
  if (parentId !== '' && parentId === spanId) marks.push('self-parent')
  markTimes(marks, { start, end })
  const { resource, scope } = surroundingsOf(context, defer)
  // Assigned rather than spread: this runs for every span.
  const raw: Mutable<RawSpan> = {
    traceId,
    spanId,
    name: written.name ?? '',
    status: (code === undefined ? undefined : statusCodes[code]) ?? 'unset',
    attributes: written.attributes,
    events: written.events,
    links: written.links,
    resource,
    scope,
    marks,
  }
  if (parentId !== '' && parentId !== spanId) raw.parentId = parentId
  if (start !== undefined) raw.start = start
  if (end !== undefined) raw.end = end
  if (message !== undefined && message !== '') raw.statusMessage = message
  return raw.attributes[ownNames.seal] === undefined ? asLogfire(raw) : asExported(raw)
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const statusCodes: { readonly [code: string]: Status | undefined } = {
  // From files: `constructor` is no code.
  __proto__: null as never,
  1: 'ok',
  2: 'error',
  STATUS_CODE_OK: 'ok',
  STATUS_CODE_ERROR: 'error',
  OK: 'ok',
  ERROR: 'error',
  Ok: 'ok',
  Error: 'error',
}
