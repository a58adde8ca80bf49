/**
 * How large a query may be. SQLite allows expressions 1,000 deep and a chain of ANDs is as deep as it is long; a person
 * writes ten clauses, a list of pasted ids has a few hundred.
 */
export const queryLimits = {
  /** UTF-16 units. */
  characters: 65_536,
  /** Parentheses, scopes and negations inside one another. */
  depth: 50,
  /** Clauses and values of lists. */
  terms: 500,
  /** Characters of one pattern with `*`, and of one regex. */
  pattern: 1_000,
} as const

/** Characters of a value read from a record, as lists and tables have it; of a longer one the last is …. */
export const longestShown = 300
