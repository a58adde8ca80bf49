// A span out of a record that holds provider bodies: what raw logs, batch files, streams and recordings share. Bodies
// and what stands around them are found wherever they are; a format gives what it knows better.

import {
  bodyTime,
  envelopeDuration,
  envelopeLabel,
  envelopeStatus,
  envelopeTime,
  errorOf,
} from '../../../shared/conventions/bodies/envelope.ts'
import { findBodies, type Bodies } from '../../../shared/conventions/bodies/find-bodies.ts'
import { isDeferred } from '../../../shared/conventions/values.ts'
import { normalizeId } from '../../../shared/domain/ids.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { Attributes, DeferredText, RawSpan } from '../../../shared/domain/raw-span.ts'
import { hasSecret } from '../../../shared/domain/secrets.ts'
import { bareSpan, noAttributes } from '../format.ts'

type Given = { readonly [K in keyof RawSpan]?: RawSpan[K] | undefined }

/** What is given wins over what the record says; a field given as undefined is not looked for. */
export function providerSpan(attributes: Attributes, given: Given = {}): RawSpan {
  const bodies = findBodies(attributes)
  const marks: Mark[] = [...(given.marks ?? [])]
  const times = 'start' in given || 'end' in given ? given : timesOf(bodies, marks)
  if (times.start === undefined && times.end === undefined) marks.push('undated')
  const length = times.start !== undefined && times.end !== undefined ? times.end - times.start : times.duration
  if (length !== undefined && length < 0n) marks.push('negative-duration')
  const { status } = given.status ? { status: given.status } : envelopeStatus(bodies)
  if (hasSecret(attributes)) marks.push('secret')
  const spanId = given.spanId ?? idOf(bodies, 'span')
  const parentId = 'parentId' in given ? given.parentId : idOf(bodies, 'parent')
  const message = status === 'error' ? (given.statusMessage ?? messageOf(bodies)) : undefined
  if (parentId !== undefined && parentId === spanId) marks.push('self-parent')
  return {
    traceId: given.traceId ?? idOf(bodies, 'trace') ?? '',
    spanId: spanId ?? '',
    ...(parentId === undefined || parentId === '' || parentId === spanId ? {} : { parentId }),
    name: given.name ?? nameOf(bodies),
    ...(times.start === undefined ? {} : { start: times.start }),
    ...(times.end === undefined ? {} : { end: times.end }),
    ...(times.duration === undefined ? {} : { duration: times.duration }),
    status,
    ...(message === undefined ? {} : { statusMessage: message }),
    attributes,
    ...bareSpan,
    resource: given.resource ?? noAttributes,
    marks,
    dialect: given.dialect ?? 'provider-bodies',
    ...(given.fragment ? { fragment: true } : {}),
  }
}

function idOf(bodies: Bodies, field: 'trace' | 'span' | 'parent'): string | undefined {
  return normalizeId(envelopeLabel(bodies, field)?.value)
}

function timesOf(bodies: Bodies, marks: Mark[]): Pick<Given, 'start' | 'end' | 'duration'> {
  const written = envelopeTime(bodies, 'start')
  const end = envelopeTime(bodies, 'end')
  if (written?.noZone || end?.noZone) marks.push('no-zone')
  const length = envelopeDuration(bodies)
  if (length?.guessed) marks.push('inferred-time')
  const said = bodies.response?.api.responseFacts(bodies.response.body)
  const duration = length?.ns ?? said?.duration
  let start = written?.ns
  if (start === undefined) {
    // When the provider made the answer: the best there is.
    const done = bodyTime(said?.ended)
    start = done === undefined ? bodyTime(said?.created) : done - (duration ?? 0n)
    if (start !== undefined) marks.push('inferred-time')
  }
  return { start, end: end?.ns, ...(end !== undefined && start !== undefined ? {} : { duration }) }
}

function nameOf(bodies: Bodies): string {
  const name = envelopeLabel(bodies, 'name')?.value
  if (name !== undefined) return name
  const { response, request } = bodies
  const api = response?.api ?? request?.api
  const model =
    request?.api.requestFacts(request.body).model ??
    envelopeLabel(bodies, 'model')?.value ??
    response?.api.responseFacts(response.body).model
  return [api?.operation ?? 'call', model ?? ''].join(' ').trim()
}

function messageOf(bodies: Bodies): string | DeferredText | undefined {
  const message = errorOf(bodies)?.message
  if (typeof message === 'string' || isDeferred(message)) return message
  return undefined
}
