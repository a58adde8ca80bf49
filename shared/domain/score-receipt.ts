/** A row of a file of scores that was not taken, and why. */
export interface ScorePlace {
  /** From 1; of a record over several lines the first. */
  readonly line: number
  readonly message: string
}

/** How an import of scores went. Counts are exact; places are the first hundred of each. */
export interface ScoreReceipt {
  readonly file: string
  /** Partial: cancelled, or the file broke off. What was read by then is kept. */
  readonly outcome: 'complete' | 'partial' | 'failed'
  readonly rows: number
  readonly added: number
  /** Rows that the store had already. */
  readonly known: number
  /** Rows whose trace, span, session or request is not in the store. */
  readonly notFound: { readonly count: number; readonly places: readonly ScorePlace[] }
  readonly unreadable: { readonly count: number; readonly places: readonly ScorePlace[] }
  /** Texts that were longer than what is kept of one. */
  readonly cut: number
  /** Rows taken, known ones included, by the name of the score; the most frequent first, a hundred at most. */
  readonly scores: readonly { readonly name: string; readonly count: number }[]
  /** Why it is partial or failed. */
  readonly failure?: { readonly code: string; readonly message: string }
}
