import { question } from './search.ts'
import { nothing, rowId, z } from './schemas.ts'

/** What a note is put on. */
export const noted = z.enum(['traces', 'spans'])
export type Noted = z.output<typeof noted>

/** A tag; the empty word is a star. */
const word = z.string().max(200)
/** What persons put on a row: `tags` are their own, beside those of the file; null is no note. */
const rowNotes = {
  starred: z.array(z.boolean()),
  tags: z.array(z.array(z.string())),
  notes: z.array(z.string().nullable()),
}
const changed = z.object({ change: z.int(), rows: z.number() })

export const notes = {
  /** Stars, tags and notes that persons put on these rows, in their order. Those of a span's trace are not repeated. */
  'notes.read': {
    in: z.strictObject({ of: noted, ids: z.array(rowId).max(1000) }),
    out: z.object(rowNotes),
  },
  /** Those of a trace's spans that have any, by their row ids: ten thousand at most. */
  'notes.ofTrace': { in: z.strictObject({ trace: rowId }), out: z.object({ ids: z.array(rowId), ...rowNotes }) },
  /** Writes a note on a row; an empty text takes it out. `replaced` is what stood there, for undoing. */
  'notes.write': {
    in: z.strictObject({ of: noted, id: rowId, text: z.string().max(20_000) }),
    out: z.object({ replaced: z.string().nullable() }),
  },
  /**
   * Puts a star or a tag on these rows, or takes it off. `rows` are those that this changed; `change` is what undoing it
   * is asked with. Notes are kept by the rows' own ids: they outlive removing an import and importing it again.
   */
  'notes.set': {
    in: z.strictObject({ of: noted, ids: z.array(rowId).min(1).max(100_000), word, on: z.boolean() }),
    out: changed,
  },
  /** The same for all rows of a list, except some. */
  'notes.setMatching': {
    in: z.strictObject({
      list: z.enum(['traces', 'spans', 'calls']),
      where: question.optional(),
      except: z.array(rowId).max(100_000),
      word,
      on: z.boolean(),
    }),
    out: changed,
  },
  /** Undoes one of the latest hundred changes. That is a change as well: undoing it does the first again. */
  'notes.undo': { in: z.strictObject({ change: z.int() }), out: changed },
  /** Tags in use, the most frequent first: on how many traces and spans each stands. */
  'notes.tags': {
    in: nothing,
    out: z.object({ tags: z.array(z.object({ tag: z.string(), traces: z.number(), spans: z.number() })) }),
  },
} as const

export const noteEvents = {
  /** Stars, tags, saved views or scores from elsewhere changed. */
  'notes.changed': z.object({}),
} as const
