import styles from './json.module.css'
import { tokenize } from './pretty.ts'

/** Indented JSON with its colours; the text is the same. */
export function Coloured({ json }: { readonly json: string }) {
  return tokenize(json).map((token, i) =>
    token.kind === 'plain' ? (
      token.text
    ) : (
      // Tokens have no identity of their own, and never move.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={i} className={styles[token.kind]}>
        {token.text}
      </span>
    ),
  )
}
