import type { FieldRef } from './fields.ts'

// A query as it was written: words stay words until `resolve.ts` gives them units. Equal queries have equal trees but for
// `at`, the place in the text that errors, underlines and edits point at.

/** Characters `from` to before `to` of the query's text. */
export interface Place {
  readonly from: number
  readonly to: number
}

/** A word or a string. In a word `*` stands for any run of characters; in a quoted string it is a star. */
export interface Scalar {
  readonly type: 'scalar'
  readonly text: string
  readonly quoted: boolean
}

export type Operator = '>' | '>=' | '<' | '<=' | '='

/** Both ends are included; one of them may be left out. */
export interface Range {
  readonly type: 'range'
  readonly from?: Scalar
  readonly to?: Scalar
}

export interface Regex {
  readonly type: 'regex'
  /** Without the slashes; a slash inside is a plain slash. */
  readonly source: string
  readonly ignoreCase: boolean
}

export type Value =
  | Scalar
  | { readonly type: 'compare'; readonly operator: Operator; readonly value: Scalar }
  | Range
  | Regex

/** Whom a clause in parentheses speaks about, instead of the span itself. */
export const scopes = ['trace', 'root', 'parent', 'child', 'ancestor', 'descendant'] as const
export type Scope = (typeof scopes)[number]

/** `field:value`, or `field:[one,another]` for any of several. */
export interface Term {
  readonly type: 'term'
  readonly field: FieldRef
  readonly values: readonly Value[]
  readonly at: Place
}

/** Free text: a word, a phrase, a `*substring*`, a `/regex/`. */
export interface FreeText {
  readonly type: 'text'
  readonly value: Scalar | Regex
  readonly at: Place
}

export type QueryNode =
  | { readonly type: 'and' | 'or'; readonly items: readonly QueryNode[]; readonly at: Place }
  | { readonly type: 'not'; readonly item: QueryNode; readonly at: Place }
  | { readonly type: 'scope'; readonly scope: Scope; readonly item: QueryNode; readonly at: Place }
  | Term
  | FreeText

/** A word that looked like a field and is none: it is searched as text. */
export interface UnknownField {
  readonly name: string
  readonly at: Place
  /** The nearest names of fields, best first. */
  readonly nearest: readonly string[]
}

export interface Query {
  /** Absent in an empty query, which every span matches. */
  readonly node?: QueryNode
  readonly unknown: readonly UnknownField[]
}
