import { sendOutcomes } from '../replay/outcomes.ts'
import { dialectIds, type ReplayRequest } from '../replay/types.ts'
import { done, nothing, rowId, z } from './schemas.ts'

/** Characters of a value that somebody puts into a body. */
const longestValue = 16 << 20
/** Of a body that somebody wrote: a question is no longer. */
const longestBody = 8 << 20

export const profile = z.strictObject({
  name: z.string().min(1).max(200),
  /** Scheme, host and port, no path. */
  origin: z.string().max(300),
  dialect: z.enum(dialectIds),
  /** The variable of the environment that has the key; absent where none is asked for. */
  keyEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/)
    .optional(),
  /** A person said that this host may be talked to without encryption; this machine needs no such word. */
  allowHttp: z.literal(true).optional(),
})

/** As somebody wrote it, or a file has it. */
export type WrittenProfile = z.output<typeof profile>

const promptVersion = z.string().min(1).max(1000)
/** Values of variables, over those of the call. */
const variables = z.record(z.string(), z.string().max(longestValue)).optional()

const promptWanted = z.union([
  z.strictObject({
    prompt: promptVersion,
    /** As prompts.versions has it; a version of the library is one like any other. */
    version: promptVersion.nullable(),
    /** What somebody is writing in its place; values that it is tried with stand in for those that the call has none of. */
    draft: z.literal(true).optional(),
    variables,
  }),
  z.strictObject({ template: z.string().max(4_000_000), variables }),
])
/** A prompt to send in place of a call's own. */
export type PromptWanted = z.output<typeof promptWanted>

const changes = {
  /**
   * Another prompt in place of the call's own, with the call's values filled in, as its file names them or as they were
   * recovered. Nothing but that text changes: it is where the call's own template stands, else the system prompt, else the
   * first message. A variable without a value stays as it is written, has a line `{{name}}` of `missing` in the receipt, and
   * makes the request lossy (grade C). Edits come on top of it.
   */
  prompt: promptWanted.optional(),
  model: z.string().min(1).max(500).optional(),
  /** Values of the body, as JSON, by the names on the way to them, one after another. Without a value it is taken out. */
  edits: z
    .array(
      z.strictObject({
        path: z.array(z.string().max(1000)).min(1).max(64),
        value: z.string().max(longestValue).optional(),
      }),
    )
    .max(1000)
    .readonly()
    .optional(),
  /** The whole body as somebody wrote it, in the connection's dialect. Edits and the model come on top of it. */
  body: z.string().max(longestBody).optional(),
}

/** Chosen by whoever sends, so that nothing that is told of it comes before its name. */
const send = z.string().regex(/^[\w-]{1,64}$/)

/**
 * Where a key is when it is needed. `environment`: in the variable that the connection names. `session`: typed in, gone when
 * the program ends. `vault`: in a file that a passphrase opens. `system`: in the system's own storage.
 */
export const keyPlaces = ['environment', 'session', 'vault', 'system'] as const
export type KeyPlace = (typeof keyPlaces)[number]

/** What a header can carry as it is. */
export const keyText = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[\x21-\x7e]+$/)

/** A connection as it is listed: all of its key that leaves the host is where it is and how it ends. */
export const connection = profile.extend({
  /** Absent: it asks for a key and there is none, or it asks for none (`keyEnv` is absent). */
  key: z
    .object({
      place: z.enum(keyPlaces),
      last4: z.string().optional(),
      /** It is in the vault, which is closed: until `replay.openVault` a send rejects as `replay/vault-closed`. */
      closed: z.literal(true).optional(),
    })
    .optional(),
})
export type Connection = z.output<typeof connection>

/** An answer as it is stored. */
const answered = z.object({
  outcome: z.enum(sendOutcomes),
  httpStatus: z.int().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  /** Milliseconds until the provider wants to be asked again, as it says itself; nothing is sent again by itself. */
  retryAfter: z.number().optional(),
  /** Milliseconds from sending to the first text of the answer, and to its end. */
  firstToken: z.number().optional(),
  duration: z.number(),
  /** The stored answer: a trace of one span, and their rows in this store. Cost and usage are asked of these. */
  traceId: z.string(),
  spanId: z.string(),
  trace: rowId,
  span: rowId,
  /** The run that it belongs to: the session of its trace. */
  run: z.string(),
  /** Which of several requests it was, in the words of whoever sent them. */
  variant: z.string().optional(),
})

export const sent = answered.extend({ httpStatus: z.int(), bytesOut: z.int(), bytesIn: z.int() })
export type Sent = z.output<typeof sent>

/** One that was stored before, whoever sent it. */
export const earlierAnswer = answered.extend({
  /** Milliseconds since 1970. */
  at: z.number(),
  /** As it was called then. */
  connection: z.string(),
  /** That was asked. */
  model: z.string().optional(),
})
export type EarlierAnswer = z.output<typeof earlierAnswer>

/** A line of the ledger. */
export const ledgerEntry = z.object({
  send,
  /** Milliseconds since 1970. */
  at: z.number(),
  origin: z.string(),
  /** The connection, and the name of its key; absent where none was sent. */
  profile: z.string(),
  key: z.string().optional(),
  model: z.string().optional(),
  /** The call that was sent again. */
  store: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  /** Whose click, and in which host: `window`, `browser`, `command line`. */
  user: z.string(),
  host: z.string(),
  /** Bytes of bodies and headers that were given to the connection, and that came back. Absent: it never came to that. */
  bytesOut: z.int().optional(),
  bytesIn: z.int().optional(),
  httpStatus: z.int().optional(),
  /** `begun`: nobody noted how it ended, as when the program was killed. Else an outcome, or the code of an error. */
  outcome: z.string(),
  /** Milliseconds. */
  duration: z.number().optional(),
})
export type LedgerEntry = z.output<typeof ledgerEntry>

const profileName = z.string().min(1).max(200)

export const replay = {
  /** The request of a call as it is logged, or with changes: what would be sent, and where each of its fields is from. */
  'replay.request': {
    in: z.strictObject({ id: rowId, ...changes, profile: profile.optional() }),
    out: z.custom<ReplayRequest>(value => typeof value === 'object' && value !== null && 'receipt' in value),
  },
  /**
   * How many tokens such a request would come to: an estimate, within a quarter of a second for a megabyte, whatever is in it.
   * `by` `log`: what its provider counted for the logged call, and what was changed since by OpenAI's o200k encoding; `o200k`:
   * by that alone, which is about right for others too. `counted` of `characters` were looked at, spread over all of them.
   */
  'replay.tokens': {
    in: z.strictObject({ id: rowId, ...changes, profile: profile.optional() }),
    out: z.object({
      tokens: z.int(),
      by: z.enum(['log', 'o200k']),
      /** Pictures, sounds and files that are not in `tokens`. */
      media: z.int(),
      counted: z.int(),
      characters: z.int(),
      /**
       * What a ceiling counts it as, at most: of what is asked (absent: nobody knows, for there are media), and of the answers,
       * as the request caps them (absent: it does not).
       */
      mostInput: z.int().optional(),
      mostOutput: z.int().optional(),
    }),
  },
  /** A span by the id its file gave it, in a trace or in the whole store; a trace with one call means that call. */
  'replay.find': {
    in: z.strictObject({ spanId: z.string().min(1).max(1024), traceId: z.string().max(1024).optional() }),
    /** `several`: the traces that have such a span, where it is not one. */
    out: z.object({ id: rowId.nullable(), several: z.array(z.string()).optional() }),
  },
  /** Answers to this call that the store has, the latest first: those that were sent here, and those that a file brought. */
  'replay.answers': {
    in: z.strictObject({ id: rowId, limit: z.int().positive().max(500) }),
    /** `more`: there are older ones, or so many of other calls with the same name that nobody looked further. */
    out: z.object({ answers: z.array(earlierAnswer), more: z.boolean() }),
  },
  /**
   * Sends the request of a call, once, and stores what comes back as a trace of its own. A page names a connection that was
   * saved; only the command line may bring one. Answers when it is stored; meanwhile `replay.progress` tells how it goes.
   * Rejects where there was no answer: no connection, a redirect, a refused address, the lock, no key, a time-out; as
   * `cancelled` where a person stopped it before. Cancelling the question stops it too. It waits for its turn and for limits
   * that the provider told of, which is no second try: `replay/limited` where that would take more than five minutes.
   * `replay/interrupted`: the process that sends died under it, and nobody knows whether it was answered.
   */
  'replay.send': {
    in: z.strictObject({
      send,
      id: rowId,
      ...changes,
      profile: z.union([profileName, profile]),
      /** Answers of one run stand together; without one it is a run of its own. */
      run: z.string().min(1).max(100).optional(),
      /** What tells this request from the others of its run: kept with the answer. */
      variant: z.string().min(1).max(500).optional(),
      /** A person saw what is missing: without this word, or an edit, a lossy request (grade C) is not sent. */
      lossy: z.literal(true).optional(),
      /**
       * Dollars that the requests of this run may cost together, those that say so: the host counts, whoever sends several gives
       * all of them the same run and ceiling and need not count. What could cross it waits for those on their way, which may
       * cost less than they could, and is then sent or rejects as `replay/ceiling`; what nobody knows the bound of
       * (replay.tokens: mostInput, mostOutput; a price) rejects as `replay/unbounded`. Neither was sent: the rest of a batch
       * that may cost as much need not be tried.
       */
      ceiling: z.number().positive().optional(),
    }),
    out: sent,
  },
  /** Stops it at once; what had come is kept. Of one that is over, or was never begun, nothing happens. */
  'replay.cancel': { in: z.strictObject({ send }), out: done },
  /** The connections that were saved, and what this host can do for keys. */
  'replay.profiles': {
    in: nothing,
    out: z.object({
      profiles: z.array(connection),
      /** `weak`: the system would keep keys where every program can read them, so none is put there. */
      system: z.enum(['available', 'weak', 'none']),
      /** Whose storage that is, as the system calls it. */
      backend: z.string().optional(),
      /** `closed`: since this host started, or since somebody closed it. Keys that were given it meanwhile stay in it. */
      vault: z.enum(['none', 'closed', 'open']),
    }),
  },
  /** Saves one under its name, over the one of that name. With another origin or dialect its key is forgotten. */
  'replay.saveProfile': { in: profile, out: done },
  'replay.removeProfile': { in: z.strictObject({ name: profileName }), out: done },
  /** Gives a saved connection its key. The vault must be open; the system must be able to keep it. */
  'replay.putKey': {
    in: z.strictObject({
      name: profileName,
      key: keyText,
      place: z.enum(['session', 'vault', 'system']),
    }),
    out: done,
  },
  /** Forgets it wherever it was put. */
  'replay.removeKey': { in: z.strictObject({ name: profileName }), out: done },
  /** Opens the vault, and makes it where there is none. */
  'replay.openVault': { in: z.strictObject({ passphrase: z.string().min(1).max(1024) }), out: done },
  'replay.closeVault': { in: nothing, out: done },
  /** Every request that ever left from here, the latest first. */
  'replay.ledger': {
    in: z.strictObject({ offset: z.int().nonnegative(), limit: z.int().positive().max(10_000) }),
    /** `unreadable`: lines of the file that are none. */
    out: z.object({ file: z.string(), total: z.int(), unreadable: z.int(), entries: z.array(ledgerEntry) }),
  },
  /** Whether this machine may send at all. What the environment locks no setting opens. */
  'replay.lock': {
    in: nothing,
    out: z.object({ locked: z.boolean(), by: z.enum(['setting', 'environment']).optional() }),
  },
  'replay.setLock': { in: z.strictObject({ locked: z.boolean() }), out: done },
} as const

export const replayEvents = {
  /** Connections, their keys, the lock or the answers of some call changed, in whichever window: who shows them asks again. */
  'replay.changed': z.object({}),
  /** What came since the last word about it, at most every few milliseconds. */
  'replay.progress': z.object({
    send,
    /**
     * `queued`: for its turn, while eight are on their way to its origin, or while what others of its run cost is not known below
     * a ceiling. `limited`: for a limit of the provider, by what that said itself, until `until`. `connecting`. `waiting`: sent,
     * nothing came yet. `answering`. `storing`.
     */
    phase: z.enum(['queued', 'limited', 'connecting', 'waiting', 'answering', 'storing']),
    /** Milliseconds since 1970: then it looks again whether it may go. */
    until: z.number().optional(),
    /** Milliseconds since it was sent; before that, since it waits. */
    elapsed: z.number(),
    bytesIn: z.int(),
    text: z.string().optional(),
    reasoning: z.string().optional(),
    /** Calls of tools, by their place in the answer; arguments come in pieces of a JSON text. */
    toolCalls: z
      .array(z.object({ index: z.int(), name: z.string().optional(), arguments: z.string().optional() }))
      .optional(),
  }),
} as const
