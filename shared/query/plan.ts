import type { Scope } from './ast.ts'
import type { FieldRef } from './fields.ts'
import type { NameMatch } from './name-match.ts'
import type { ContentField } from './texts.ts'
import type { TextMatch } from './text-match.ts'

// What a query asks, with every value in its unit: what the store compiles, and what an evaluator in memory evaluates.
// Plain data.

/**
 * Money is nano-dollars, lengths and points of time are nanoseconds (since 1970). Ends are included unless they are `open`;
 * an end that is absent is none.
 */
export interface Interval {
  readonly least?: number | bigint
  readonly most?: number | bigint
  readonly leastIsOpen?: true
  readonly mostIsOpen?: true
}

/** One question about one span. What a span does not have is never what was asked for. */
export type Leaf =
  | { readonly type: 'interval'; readonly field: FieldRef; readonly within: Interval }
  | { readonly type: 'name'; readonly field: FieldRef; readonly match: NameMatch }
  /** Indexes into the list of kinds, or of statuses. */
  | { readonly type: 'listed'; readonly field: 'kind' | 'status'; readonly indexes: readonly number[] }
  /** Any of these words of `is:`. */
  | { readonly type: 'is'; readonly words: readonly string[] }
  | { readonly type: 'has'; readonly field: FieldRef }
  /** A number or a name, whichever the file gave. */
  | { readonly type: 'value'; readonly field: FieldRef; readonly match?: NameMatch; readonly within?: Interval }
  /** Some text of the span matches: of one content field, or any text at all. */
  | { readonly type: 'text'; readonly part: ContentField | 'any'; readonly match: TextMatch }

export type Condition =
  | { readonly type: 'all'; readonly of: readonly Condition[] }
  | { readonly type: 'some'; readonly of: readonly Condition[] }
  | { readonly type: 'not'; readonly of: Condition }
  | { readonly type: 'scope'; readonly scope: Scope; readonly of: Condition }
  | { readonly type: 'leaf'; readonly leaf: Leaf }

export function isWithin(value: number | bigint, { least, most, leastIsOpen, mostIsOpen }: Interval): boolean {
  if (least !== undefined && (leastIsOpen ? value <= least : value < least)) return false
  return most === undefined || (mostIsOpen ? value < most : value <= most)
}
