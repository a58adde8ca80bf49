import { profile } from './replay.ts'
import { z } from './schemas.ts'

// Files in the data folder that replay keeps: what a program wrote there once is checked like a question.

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/)

/** More than anybody has. */
export const mostProfiles = 500
/** `connections.json`. */
export const savedProfiles = z.array(profile).max(mostProfiles)

/** A text that only the passphrase, and only for one purpose, opens. */
const sealed = z.strictObject({ iv: base64, tag: base64, data: base64 })
export type Sealed = z.output<typeof sealed>

const vault = z.strictObject({
  kdf: z.literal('scrypt'),
  n: z
    .int()
    .min(1 << 14)
    .max(1 << 20)
    // As scrypt asks for it.
    .refine(n => (n & (n - 1)) === 0),
  salt: base64,
  /** Tells a wrong passphrase. */
  check: sealed,
  /** By the name of the connection. */
  keys: z.record(z.string(), sealed),
})
export type VaultFile = z.output<typeof vault>

const systemKey = z.strictObject({
  /** Whose storage made it: another cannot read it. */
  backend: z.string().optional(),
  /** Milliseconds since 1970. */
  created: z.number(),
  /** What it is for, as in the vault. */
  purpose: z.string(),
  data: base64,
})
export type SystemKey = z.output<typeof systemKey>

/** `keys.json`: none of them as it is. */
export const keyFile = z.strictObject({
  vault: vault.optional(),
  /** By the name of the connection. */
  system: z.record(z.string(), systemKey).default({}),
})
export type KeyFile = z.output<typeof keyFile>
