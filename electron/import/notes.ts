import { marks as allMarks, type Mark } from '../../shared/domain/marks.ts'

/**
 * What only the import knew about a record and reading it again must know too. It stands in the kept context under a name
 * of our own, so a record reads the same whenever and wherever it is read.
 */
export interface Notes {
  /** Number of this record among equal ones without ids; absent on the first. */
  readonly occurrence?: number
  /** What was odd about its text. */
  readonly marks?: readonly Mark[]
}

const key = 'spanwise'

export function withNotes(context: object, notes: Notes): object {
  return { ...context, [key]: notes }
}

export function splitNotes(context: object): { readonly written: object; readonly notes: Notes } {
  const { [key]: notes, ...written } = context as { readonly [key]?: unknown }
  if (typeof notes !== 'object' || notes === null) return { written: context, notes: {} }
  const { occurrence, marks } = notes as { readonly occurrence?: unknown; readonly marks?: unknown }
  return {
    written,
    notes: {
      ...(typeof occurrence === 'number' ? { occurrence } : {}),
      ...(Array.isArray(marks) ? { marks: allMarks.filter(mark => marks.includes(mark)) } : {}),
    },
  }
}
