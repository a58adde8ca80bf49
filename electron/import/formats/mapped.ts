// Rows of no known format: what their fields are was guessed or said by a person, and stands in the context of each.
// Ids, times and status are read here, the rest by the convention of the same name.

import { mappingScope } from '../../../shared/conventions/mapped.ts'
import { asLabel } from '../../../shared/conventions/values.ts'
import { normalizeId } from '../../../shared/domain/ids.ts'
import type { Status } from '../../../shared/domain/kind.ts'
import {
  durationUnits,
  mappedRoles,
  valueAt,
  type FieldMapping,
  type MappedRole,
} from '../../../shared/domain/mapping.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { Attributes, AttributeValue, RawScope, RawSpan } from '../../../shared/domain/raw-span.ts'
import { lengthToNano, parseTime } from '../../../shared/domain/times.ts'
import { noAttributes, stateless, type Defer, type TraceFormat } from '../format.ts'
import { isObject, markTimes, plainAttributes, type Fields } from './values.ts'

/** What a row's context holds. */
export interface MappedContext {
  readonly mapping: FieldMapping
  /** By a person; else it is a guess. */
  readonly said?: true
}

interface Compiled {
  readonly paths: { readonly [role in MappedRole]?: string }
  readonly unit: (typeof durationUnits)[number]
  readonly scope: RawScope
  readonly said: boolean
}

/** Thousands of rows share a context object. */
const known = new WeakMap<object, Compiled>()

function compile(context: object): Compiled {
  let found = known.get(context)
  if (!found) {
    const { mapping, said } = context as { readonly mapping?: unknown; readonly said?: unknown }
    const fields = isObject(mapping) && isObject(mapping['fields']) ? mapping['fields'] : {}
    const paths = Object.create(null) as { [role in MappedRole]?: string }
    for (const role of mappedRoles) {
      const path = fields[role]
      if (typeof path === 'string') paths[role] = path
    }
    const unit = durationUnits.find(one => isObject(mapping) && mapping['durationUnit'] === one) ?? 'ms'
    found = { paths, unit, scope: { name: mappingScope, attributes: paths }, said: said === true }
    known.set(context, found)
  }
  return found
}

/** Words by which rows say how they ended; every other word is one of success. */
const failures = new Set(['error', 'errored', 'failed', 'failure', 'fail', 'timeout', 'exception', 'fatal', 'critical'])
const running = new Set(['pending', 'running', 'started', 'in_progress', 'unset', ''])

function statusOf(written: AttributeValue | undefined, failed: boolean): Status {
  if (failed || written === false) return 'error'
  if (written === true) return 'ok'
  const code = typeof written === 'number' ? written : Number.NaN
  if (code >= 100 && code < 600) return code >= 400 ? 'error' : 'ok'
  if (typeof written !== 'string') return 'unset'
  const word = written.trim().toLowerCase()
  return failures.has(word) ? 'error' : running.has(word) ? 'unset' : 'ok'
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const attributes: Attributes = plainAttributes(record as Fields, defer)
  const { paths, unit, scope, said } = compile(context)
  const at = (role: MappedRole) => (paths[role] === undefined ? undefined : valueAt(attributes, paths[role]))
  const idAt = (role: MappedRole) => normalizeId(asLabel(at(role))) ?? ''
  const marks: Mark[] = said ? [] : ['guessed']
  const spanId = idAt('spanId')
  const parentId = idAt('parentId')
  if (parentId !== '' && parentId === spanId) marks.push('self-parent')
  const written = parseTime(at('startTime'))
  if (written?.noZone) marks.push('no-zone')
  const start = written?.ns
  const end = parseTime(at('endTime'))?.ns
  const duration = lengthToNano(at('duration'), unit)
  if (start === undefined) marks.push('undated')
  else markTimes(marks, { start, end, duration })
  const error = asLabel(at('error'))
  return {
    traceId: idAt('traceId'),
    spanId,
    ...(parentId === '' || parentId === spanId ? {} : { parentId }),
    name: asLabel(at('name')) ?? asLabel(at('feature')) ?? asLabel(at('promptName')) ?? asLabel(at('model')) ?? '',
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(duration === undefined || (start !== undefined && end !== undefined) ? {} : { duration }),
    status: statusOf(at('status'), error !== undefined || isError(at('error'))),
    ...(error === undefined ? {} : { statusMessage: error }),
    attributes,
    events: [],
    links: [],
    resource: noAttributes,
    scope,
    marks,
    dialect: 'mapped',
  }
}

function isError(value: AttributeValue | undefined): boolean {
  return value === true || (typeof value === 'object' && value !== null && Object.keys(value).length > 0)
}

export const mapped: TraceFormat = {
  id: 'mapped',
  label: 'Rows by mapping',
  // Never by its looks: only rows that every format refused come here (unknown-rows.ts).
  detect: () => 'no',
  open: stateless(() => {}),
  rawSpan,
}
