import { done, rowId, z } from './schemas.ts'

export const exportFormats = [
  {
    id: 'bundle',
    label: 'Spanwise bundle',
    ending: '.spanwise.jsonl',
    what: 'everything, opens again with nothing lost',
  },
  { id: 'otlp', label: 'OTLP/JSON lines', ending: '.otlp.jsonl', what: 'for other tools of OpenTelemetry' },
  { id: 'flat', label: 'Flat rows (JSONL)', ending: '.rows.jsonl', what: 'one object a span' },
  { id: 'spans', label: 'Spans (CSV)', ending: '.spans.csv', what: 'one row a span, for a spreadsheet' },
  { id: 'calls', label: 'Calls (CSV)', ending: '.calls.csv', what: 'one row a model call, for a spreadsheet' },
] as const
export type ExportFormat = (typeof exportFormats)[number]['id']

const exportFormat = z.enum(['bundle', 'otlp', 'flat', 'spans', 'calls'])

/** At most so many in one question. */
export const idsAtOnce = 50_000
const someIds = z.array(rowId).min(1).max(idsAtOnce)

export const exports = {
  /**
   * Begins an export of the whole store, or of some traces; tables may be narrowed to some spans of them. What it gives is the store as it is now, whatever is
   * imported or removed meanwhile. It is given up when nothing is asked of it for ten minutes.
   */
  'exports.open': {
    in: z.strictObject({ format: exportFormat, traces: someIds.optional(), spans: someIds.optional() }),
    out: z.object({ export: z.int(), spans: z.number() }),
  },
  /** Further traces and spans, before the first piece is asked for: a question is small, a selection need not be. */
  'exports.more': {
    in: z.strictObject({ export: z.int(), traces: someIds.optional(), spans: someIds.optional() }),
    out: z.object({ spans: z.number() }),
  },
  /** The next piece of text, about 256 KB; `spans` counts those given so far. */
  'exports.next': {
    in: z.strictObject({ export: z.int() }),
    out: z.object({ text: z.string(), spans: z.number(), done: z.boolean() }),
  },
  'exports.close': { in: z.strictObject({ export: z.int() }), out: done },
} as const
