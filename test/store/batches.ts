// Batches as the parser thread makes them, from spans written down in a test; and the reading of kept records that
// matches them, standing in for the importer's.
import { createHash } from 'node:crypto'
import type { Batch, CallColumns, NewContext, RecordColumns, ScoreRow } from '../../electron/store/batch.ts'
import { printReference } from '../../electron/store/kept-record.ts'
import type { KeptText } from '../../electron/store/kept.ts'
import type { Reread, SpanReading } from '../../electron/store/reread.ts'
import type { StoreWriter } from '../../electron/store/writer.ts'
import { hashResponseId } from '../../electron/store/response-id.ts'
import { spanKinds, statuses } from '../../shared/domain/kind.ts'
import type { SpanKind, Status } from '../../shared/domain/kind.ts'
import { marksToBits, type Mark } from '../../shared/domain/marks.ts'
import { printTraits, type Traits } from '../../shared/domain/traits.ts'
import { spanTag } from '../../shared/domain/span-tag.ts'

/** One record: what a file says about one span. All of it is kept, so all of it can be read again. */
export interface Said {
  readonly trace: string
  readonly id: string
  readonly parent?: string
  readonly name?: string
  readonly kind?: SpanKind
  readonly status?: Status
  /** Nanoseconds since 1970; NaN or absent is unknown. */
  readonly start?: bigint
  readonly duration?: bigint
  readonly line?: number
  readonly traceName?: string
  readonly session?: string
  readonly traits?: Traits
  readonly user?: string
  readonly feature?: string
  readonly call?: {
    readonly model?: string
    readonly responseId?: string
    readonly input?: number
    readonly output?: number
    readonly cost?: number
  }
  readonly scores?: readonly { readonly name: string; readonly value: number }[]
  /** Long texts: become bodies. */
  readonly texts?: readonly string[]
  readonly resource?: string
  readonly marks?: readonly Mark[]
}

export function tagOf(id: string | undefined): number {
  if (id === undefined) return 0
  return spanTag(id)
}

const split = (ns: bigint | undefined) => {
  if (ns === undefined) return [Number.NaN, 0] as const
  const rest = ((ns % 1000n) + 1000n) % 1000n
  return [Number((ns - rest) / 1000n), Number(rest)] as const
}

/** Numbers texts, strings, contexts and traces as one parser does over a whole import. */
export class Parser {
  private readonly bodies = new Map<string, number>()
  private nextBody: number
  private readonly strings = new Map<string, number>()
  private readonly traces = new Map<string, number>()
  private readonly contexts = new Map<string, number>()

  constructor(seed: ReturnType<StoreWriter['seed']>) {
    this.nextBody = seed.nextBody
    seed.bodyIds.forEach((id, k) =>
      this.bodies.set(Buffer.from(seed.bodyHashes.subarray(16 * k, 16 * k + 16)).toString('hex'), id),
    )
  }

  batch(records: readonly Said[], more: Partial<Batch> = {}): Batch {
    const newStrings: string[] = []
    const newTraces: string[] = []
    const newContexts: NewContext[] = []
    const newBodies: Buffer[] = []
    const hashes: Buffer[] = []
    const used = new Set<number>()
    const firstBody = this.nextBody
    const number = (known: Map<string, number>, key: string, add: () => void) => {
      let found = known.get(key)
      if (found === undefined) {
        found = known.size + 1
        known.set(key, found)
        add()
      }
      return found
    }
    const string = (text: string | undefined) => (text ? number(this.strings, text, () => newStrings.push(text)) : 0)
    const body = (text: string) => {
      const hash = createHash('sha256').update(text).digest().subarray(0, 16)
      let id = this.bodies.get(hash.toString('hex'))
      if (id === undefined) {
        id = this.nextBody++
        this.bodies.set(hash.toString('hex'), id)
        newBodies.push(Buffer.from(text))
        hashes.push(hash)
      }
      used.add(id)
      return id
    }
    const texts: Buffer[] = []
    const contextNumbers: number[] = []
    for (const { line: _, resource, texts: long, ...said } of records) {
      const reference =
        long && printReference(long.length === 1 ? { ids: [body(long[0]!)] } : { ids: long.map(body), separator: ',' })
      texts.push(Buffer.from(toJson({ ...said, ...(reference ? { text: reference } : {}) })))
      const context = toJson({ resource: resource ?? 'here' })
      contextNumbers.push(number(this.contexts, context, () => newContexts.push({ format: 'test', text: context })))
    }
    // Of what a context says: its number is another in every import.
    const with52 = (text: Buffer, context: string) =>
      createHash('sha256').update(text).update(context).digest().readUIntBE(0, 6) * 16
    const f64 = (of: (said: Said, i: number) => number) => Float64Array.from(records, of)
    const u32 = (of: (said: Said, i: number) => number) => Uint32Array.from(records, of)
    const u16 = (of: (said: Said, i: number) => number) => Uint16Array.from(records, of)
    const u8 = (of: (said: Said, i: number) => number) => Uint8Array.from(records, of)
    const none = u32(() => 0)
    const columns: RecordColumns = {
      trace: u32(said => number(this.traces, said.trace, () => newTraces.push(said.trace))),
      place: f64((said, i) => said.line ?? i + 1),
      tag: f64(said => tagOf(said.id)),
      parentTag: f64(said => tagOf(said.parent)),
      hash: f64((_, i) => with52(texts[i]!, records[i]!.resource ?? 'here')),
      context: u32((_, i) => contextNumbers[i]!),
      name: u32(said => string(said.name ?? said.id)),
      kind: u8(said => spanKinds.indexOf(said.kind ?? (said.call ? 'generation' : 'other'))),
      status: u8(said => statuses.indexOf(said.status ?? 'unset')),
      start: f64(said => split(said.start)[0]),
      startNs: u16(said => split(said.start)[1]),
      duration: f64(said => split(said.duration)[0]),
      durationNs: u16(said => split(said.duration)[1]),
      marks: u32(said => marksToBits(said.marks ?? [])),
      conventions: f64(() => 0),
      traceName: u32(said => string(said.traceName)),
      session: u32(said => string(said.session)),
      user: u32(said => string(said.user)),
      environment: none,
      release: none,
      application: none,
      feature: u32(said => string(said.feature)),
      tenant: none,
      traits: u32(said => string(said.traits && printTraits(said.traits))),
    }
    const withCall = records.map((said, i) => ({ i, call: said.call })).filter(row => row.call !== undefined)
    const usage = (of: (call: NonNullable<Said['call']>) => number | undefined) =>
      Float64Array.from(withCall, row => of(row.call!) ?? Number.NaN)
    const names = (of: (call: NonNullable<Said['call']>) => string | undefined) =>
      Uint32Array.from(withCall, row => string(of(row.call!)))
    const calls: CallColumns = {
      count: withCall.length,
      record: Uint32Array.from(withCall, row => row.i),
      model: names(call => call.model),
      provider: names(() => undefined),
      response: Float64Array.from(withCall, row => hashResponseId(row.call!.responseId)),
      promptName: names(() => undefined),
      promptVersion: names(() => undefined),
      input: usage(call => call.input),
      output: usage(call => call.output),
      cacheRead: usage(() => undefined),
      cacheWrite: usage(() => undefined),
      cacheWrite1h: usage(() => undefined),
      costRest: Float64Array.from(withCall, () => 0),
      more: names(() => undefined),
      reasoning: usage(() => undefined),
      cost: usage(call => call.cost),
      firstToken: usage(() => undefined),
      messages: usage(() => undefined),
    }
    const scores: ScoreRow[] = records.flatMap((said, record) =>
      (said.scores ?? []).map(score => ({ record, ...score })),
    )
    return {
      position: 0,
      consumed: 0,
      newStrings,
      newContexts,
      newTraces,
      firstBody,
      bodies: Buffer.concat(newBodies),
      bodyEnds: ends(newBodies),
      bodyHashes: Buffer.concat(hashes),
      records: records.length,
      texts: Buffer.concat(texts),
      textEnds: ends(texts),
      bodiesUsed: Uint32Array.from(used).sort(),
      columns,
      calls,
      scores,
      unreadable: [],
      unreadableCount: 0,
      skipped: [],
      ...more,
    }
  }
}

function ends(parts: readonly Buffer[]): Uint32Array {
  let end = 0
  return Uint32Array.from(parts, part => (end += part.length))
}

function toJson(value: object): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner))
}

/** Later records win field by field, so that a merge shows in every column. */
export const reread: Reread = (records: readonly KeptText[]): SpanReading => {
  const said = Object.assign({}, ...records.map(kept => readSaid(kept.record))) as Said
  const [start, startNs] = split(said.start)
  const [duration, durationNs] = split(said.duration)
  return {
    parentTag: tagOf(said.parent),
    name: said.name ?? said.id,
    kind: spanKinds.indexOf(said.kind ?? (said.call ? 'generation' : 'other')),
    status: statuses.indexOf(said.status ?? 'unset'),
    start,
    startNs,
    duration,
    durationNs,
    marks: marksToBits([...(said.marks ?? []), ...(records.length > 1 ? (['merged'] as const) : [])]),
    conventions: 0,
    traceName: said.traceName,
    session: said.session,
    user: said.user,
    feature: said.feature,
    traits: said.traits && printTraits(said.traits),
    call: said.call && {
      model: said.call.model,
      responseId: said.call.responseId,
      input: said.call.input ?? Number.NaN,
      output: said.call.output ?? Number.NaN,
      cacheRead: Number.NaN,
      messages: Number.NaN,
      cacheWrite: Number.NaN,
      cacheWrite1h: Number.NaN,
      costRest: 0,
      reasoning: Number.NaN,
      cost: said.call.cost ?? Number.NaN,
      firstToken: Number.NaN,
    },
    scores: said.scores ?? [],
  }
}

function readSaid(text: string): Said {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  ) as Said
}
