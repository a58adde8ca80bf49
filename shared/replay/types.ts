import type { OriginOf } from '../conventions/origins.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Message, ToolOffer } from '../domain/message.ts'

/** A: the body itself is in the log. B: it was put together from what is. C: something that it needs is not there. */
export type Grade = 'A' | 'B' | 'C'

export const dialectIds = ['openai-chat', 'openai-responses', 'anthropic', 'gemini', 'ollama-chat'] as const
export type DialectId = (typeof dialectIds)[number]

/**
 * Where a field of the request is from. `log`: as it was written there. `rebuilt`: from the log, in the words of the dialect.
 * `default`: not in the log; what is sent, or not sent, is what the provider does by itself. `missing`: it cannot be known.
 */
export type FieldSource = 'log' | 'rebuilt' | 'default' | 'missing'

export interface ReceiptLine {
  readonly field: string
  readonly from: FieldSource
  readonly note: string
}

/** A request as it would be sent. Headers hold the name of the variable that has the key, never a key. */
export interface ReplayRequest {
  readonly grade: Grade
  readonly dialect: DialectId
  readonly method: 'POST'
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  /** The exact text. */
  readonly body: string
  /** Never empty. */
  readonly receipt: readonly ReceiptLine[]
}

/** What is known of a call without its dialect's words: what a request of another one, or one that no log holds, is made from. */
export interface NeutralCall {
  readonly model?: string
  /** It is the model that answered: which was asked is not known. */
  readonly isAnswering?: boolean
  readonly stream?: boolean
  readonly messages: readonly Message[]
  readonly tools: readonly ToolOffer[]
  readonly parameters: JsonObject
  /** What messages, parts and tools were read from, in the spelling of whoever wrote them. */
  readonly originOf: OriginOf
  /** The dialect in whose words parameters and origins are; undefined: those of a recorder. */
  readonly spokenIn: DialectId | undefined
  /** Who recorded it, where that decides how a call is spelled. */
  readonly recorder: 'ai-sdk' | 'other'
  /** Parameters stand among fields of an envelope: only those that the dialect knows are its own. */
  readonly mixed: boolean
}

/** A body that is being put together; every field of it is accounted for. */
export interface Building {
  readonly body: Record<string, JsonValue>
  readonly notes: Notes
}

/** Collects the receipt, and whether something is lost. */
export class Notes {
  readonly lines: ReceiptLine[] = []
  /** Something that the request needs, or that the log says was there, is not in it. */
  lossy = false

  add(from: Exclude<FieldSource, 'missing'>, field: string, note: string): void {
    this.put({ field, from, note })
  }

  /** Not in the request, which is less for it. */
  lost(field: string, note: string): void {
    this.lossy = true
    this.put({ field, from: 'missing', note })
  }

  /** Not in the request, and rightly so. */
  left(field: string, note: string): void {
    this.put({ field, from: 'missing', note })
  }

  /** Somebody wrote another value there, or none: what was said of the one before, and of what was in it, is true no more. */
  replaced(place: string): void {
    const isOfIt = ({ field }: ReceiptLine) => {
      const path = field.replaceAll(/\[(\d+)\]/g, '.$1')
      return path === place || path.startsWith(`${place}.`)
    }
    this.lines.splice(0, this.lines.length, ...this.lines.filter(line => !isOfIt(line)))
  }

  private put(line: ReceiptLine): void {
    const seen = this.lines.some(
      ({ field, from, note }) => field === line.field && from === line.from && note === line.note,
    )
    if (!seen && this.lines.length < mostLines) this.lines.push(line)
  }
}

/** Nobody reads more. The last one says so (`receiptOf`). */
const mostLines = 500

export function receiptOf({ lines }: Notes): readonly ReceiptLine[] {
  if (lines.length < mostLines) return lines
  return [...lines, { field: '…', from: 'missing', note: `Further lines are left out after ${mostLines}.` }]
}
