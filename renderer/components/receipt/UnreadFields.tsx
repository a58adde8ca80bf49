import type { UnreadField } from '../../../shared/domain/receipt.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { CopyButton } from '../messages/CopyButton.tsx'
import styles from './receipt.module.css'

interface Props {
  readonly fields: readonly UnreadField[]
  readonly count: number
}

/** Fields that are kept and shown with their spans, and that no rule understands yet. */
export function UnreadFields({ fields, count }: Props) {
  return (
    <details className={styles.details}>
      <summary>{formatPlural(count, 'field')} kept but not understood</summary>
      <p className={styles.line}>
        They stand among the attributes of their spans.{' '}
        <CopyButton
          label="Copy the list"
          text={() => fields.map(({ name, spans }) => `${name}\t${spans}`).join('\n')}
        />
      </p>
      <ul className={styles.fields}>
        {fields.map(({ name, spans }) => (
          <li key={name}>
            <code>{visibleLine(name, 120)}</code> <span className={styles.place}>{formatPlural(spans, 'span')}</span>
          </li>
        ))}
      </ul>
      {count > fields.length && (
        <p className={styles.line}>{formatCount(count - fields.length)} more are counted but not listed.</p>
      )}
    </details>
  )
}
