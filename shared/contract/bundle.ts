import { z } from './schemas.ts'

// Spanwise's own file: JSON lines that give back a store's records with nothing lost. Each line stands alone, so a file
// that was cut, joined or filtered with line tools still opens. `resources/bundle.schema.json` is made from this.

/** Records that stood in the same context, in the order in which they came into the store. */
export const bundleLine = z.strictObject({
  /** Version of this shape. */
  spanwise: z.literal('bundle/1').describe('Says what the line is, and the version of its shape.'),
  format: z.string().describe('Id of the format that reads the records, e.g. otlp-json.'),
  file: z.string().describe('Path of the file the records came from, as its import was given it.'),
  context: z
    .record(z.string(), z.unknown())
    .describe('What stood around the records: resource, scope and the like, in the words of the file.'),
  places: z.array(z.number()).describe('Line (or byte, of a binary file) at which each record stood.'),
  records: z.array(z.record(z.string(), z.unknown())).describe('The records, in the words of the file.'),
})
export type BundleLine = z.output<typeof bundleLine>

/** What persons put on traces and spans, by the ids of these: it is no part of what the files said. */
export const noteLine = z.strictObject({
  spanwise: z.literal('notes/1'),
  notes: z.array(
    z.strictObject({
      trace: z.string().min(1).max(1024),
      span: z.string().min(1).max(1024).optional(),
      starred: z.literal(true).optional(),
      tags: z.array(z.string().min(1).max(200)).optional(),
      note: z.string().min(1).max(20_000).optional(),
    }),
  ),
})
export type NoteLine = z.output<typeof noteLine>
