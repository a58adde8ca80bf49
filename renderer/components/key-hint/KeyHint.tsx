import { showKeys } from '../../app/keys.ts'
import styles from './key-hint.module.css'

/** A key beside a name. The control it belongs to says the key itself (`aria-keyshortcuts`), so this is not spoken. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <kbd className={styles.key} aria-hidden="true">
      {showKeys(keys)}
    </kbd>
  )
}
