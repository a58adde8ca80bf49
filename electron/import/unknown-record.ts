import type { JsonObject, JsonValue } from '../../shared/domain/json.ts'
import { areScoreFields, findScoreFields } from '../../shared/domain/score-row.ts'
import { mappedRoles } from '../../shared/domain/mapping.ts'

/** What a receipt calls them. */
export const unknownObjects = 'JSON objects of no known trace format'
export const mappingsOfFields = 'Mappings of fields'

/** Code and message for a JSON object of no known format: says what the file says, where it says anything. */
export function unknownRecord(record: JsonObject): [code: string, message: string] {
  const error = errorIn(record)
  if (error !== undefined) {
    return ['import/error-response', `Not traces but an error message${error === '' ? '' : `: ${error}`}.`]
  }
  if (isMapping(record)) {
    return [
      'import/mapping',
      'A mapping of Spanwise: what fields of rows mean. The command line takes it as --mapping.',
    ]
  }
  if (Array.isArray(record['interactions'])) {
    return ['import/cassette', 'A VCR cassette, which is not read: record with nock, or save the traffic as HAR.']
  }
  if (isJudgement(record)) {
    return [
      'import/judgement',
      'A judgement of spans or traces, and no trace: spanwise scores import takes it, and the window where it opens it alone.',
    ]
  }
  const names = Object.keys(record).slice(0, 5).map(shorten)
  const what = names.length === 0 ? 'an empty object' : `an object with ${names.join(', ')}`
  return ['import/unknown-record', `Not a record of a known trace format: ${what}.`]
}

/** A row that says of something else how good it is. */
function isJudgement(record: JsonObject): boolean {
  const names = Object.keys(record)
  const found = findScoreFields(names)
  return areScoreFields(names) && found.has('name') && (found.has('value') || found.has('label'))
}

const roles: ReadonlySet<string> = new Set(mappedRoles)

/** Whether an object says what fields of other files mean (shared/domain/mapping.ts). */
export function isMapping(record: JsonObject): boolean {
  const { fields, durationUnit, ...more } = record
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return false
  if (Object.keys(more).length > 0 || (durationUnit !== undefined && typeof durationUnit !== 'string')) return false
  const names = Object.entries(fields)
  return names.length > 0 && names.every(([role, path]) => roles.has(role) && typeof path === 'string')
}

const errorKeys = new Set(['error', 'errors', 'message', 'data', 'detail', 'status', 'code', 'extensions', 'path'])

/** Whether an object is nothing but an error message. */
export function isErrorResponse(record: JsonObject): boolean {
  return errorIn(record) !== undefined
}

function errorIn(record: JsonObject): string | undefined {
  const error = record['errors'] ?? record['error']
  if (error === undefined || error === null) return undefined
  if (!Object.keys(record).every(key => errorKeys.has(key)) || (record['data'] ?? null) !== null) return undefined
  return shorten(messageOf(Array.isArray(error) ? (error[0] as JsonValue | undefined) : error))
}

function messageOf(error: JsonValue | undefined): string {
  if (typeof error === 'string') return error
  if (typeof error !== 'object' || error === null || Array.isArray(error)) return ''
  const message = (error as JsonObject)['message']
  return typeof message === 'string' ? message : ''
}

/** What a file says is repeated in messages only in part. A text that was cut out is not looked up for one. */
function shorten(text: string): string {
  if (text.startsWith('\0')) return '…'
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
