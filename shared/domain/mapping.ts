// What the fields of a format nobody knows mean, as a person or a guess says it.

/** What a field of a row can be. */
export const mappedRoles = [
  'traceId',
  'spanId',
  'parentId',
  'name',
  'kind',
  'startTime',
  'endTime',
  'duration',
  'status',
  'error',
  'model',
  'provider',
  'system',
  'input',
  'output',
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'cacheReadTokens',
  'reasoningTokens',
  'cost',
  'session',
  'user',
  'tenant',
  'team',
  'environment',
  'release',
  'application',
  'feature',
  'promptName',
  'promptVersion',
  'tags',
] as const
export type MappedRole = (typeof mappedRoles)[number]

export const durationUnits = ['s', 'ms', 'us', 'ns'] as const
export type DurationUnit = (typeof durationUnits)[number]

/** `--mapping FILE`, and what a store remembers: `{"fields": {"model": "request.model"}, "durationUnit": "ms"}`. */
export interface FieldMapping {
  /** Role -> where its value stands: keys joined by dots, one inside the other. */
  readonly fields: { readonly [role in MappedRole]?: string }
  /** Of `duration`; milliseconds where absent. Times tell their unit by their size. */
  readonly durationUnit?: DurationUnit
}

/** How deep a path may lead. */
export const deepestPath = 4

/** What stands at a path: a key may itself hold dots, so the longest that fits is not assumed. Undefined where nothing is. */
export function valueAt<T>(object: { readonly [key: string]: T }, path: string, levels = deepestPath): T | undefined {
  if (Object.hasOwn(object, path)) return object[path]
  if (levels <= 1) return undefined
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const key = path.slice(0, dot)
    if (!Object.hasOwn(object, key)) continue
    const inner: unknown = object[key]
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) continue
    const found = valueAt(inner as { readonly [key: string]: T }, path.slice(dot + 1), levels - 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** Of each sort of rows, to tell what their fields are. */
export const rowsLookedAt = 200

/** A field of the rows at hand. */
export interface FieldSample {
  readonly path: string
  /** Rows that have it, of those looked at. */
  readonly rows: number
  /** At most three different values, cut at 200 characters. */
  readonly examples: readonly string[]
}

/** Rows of a format nobody knows, and what their fields seem to mean. */
export interface UnknownRows {
  /** Hash of the paths: rows of one writer share it. A mapping is remembered under it. */
  readonly fingerprint: string
  /** Rows of this sort, of which at most 200 were looked at. */
  readonly rows: number
  readonly fields: readonly FieldSample[]
  /** What was used. */
  readonly mapping: FieldMapping
  /** Where `mapping` comes from. */
  readonly from: 'names and values' | 'remembered' | 'given'
  /** What the mapping that was given names and none of these rows has. */
  readonly absent?: readonly AbsentField[]
}

export interface AbsentField {
  readonly path: string
  /** The field that is named most like it. */
  readonly nearest?: string
}
