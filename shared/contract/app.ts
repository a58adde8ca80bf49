import { done, nothing, z } from './schemas.ts'

export const app = {
  'app.info': {
    in: nothing,
    out: z.object({
      version: z.string(),
      host: z.enum(['electron', 'browser', 'memory', 'cli']),
      /** The formats this build reads, from the registry. */
      formats: z.array(z.object({ id: z.string(), label: z.string() })),
      /** The attribute dialects it understands. */
      conventions: z.array(z.object({ id: z.string(), label: z.string() })),
      /** Whether `files.choose` opens a native dialog; otherwise the page uploads what is chosen. */
      nativeDialog: z.boolean(),
    }),
  },
  /** Opens the host's file dialog. Null when the person cancels. */
  'files.choose': { in: nothing, out: z.object({ paths: z.array(z.string()).nullable() }) },
  /** Asks the person, showing the whole address, and only then opens it in the system's browser. */
  'links.open': { in: z.strictObject({ url: z.string().max(2048) }), out: done },
} as const

export const appEvents = {
  /** Something in the store changed: lists and counts should be asked again. */
  'store.changed': z.object({ import: z.number().optional() }),
  /** A process died and was started again, or came back. */
  'process.state': z.object({
    process: z.enum(['engine', 'import', 'reader', 'indexer', 'prompts', 'net']),
    state: z.enum(['restarting', 'running']),
    message: z.string(),
  }),
  /** Files handed to the app from outside (second instance, dropped on the icon, command line). */
  'files.opened': z.object({ import: z.number() }),
  /** Somebody followed a link to a place of the window (shared/links). */
  'link.opened': z.object({ link: z.string() }),
} as const
