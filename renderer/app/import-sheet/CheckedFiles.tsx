import type { ImportReceipt } from '../../../shared/domain/receipt.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { Receipt } from '../../components/receipt/Receipt.tsx'
import styles from './import-sheet.module.css'

/** What an import would bring, file by file. */
export function CheckedFiles({ receipt }: { readonly receipt: ImportReceipt }) {
  const { totals, files } = receipt
  const secrets = files.reduce((sum, file) => sum + (file.marks.secret ?? 0), 0)
  const masked = files.reduce((sum, file) => sum + (file.marks.masked ?? 0), 0)
  const failed = files.filter(file => file.failure).length
  return (
    <>
      <p className={styles.sum}>
        {formatPlural(totals.spans, 'span')} in {formatPlural(totals.traces, 'trace')}
        {totals.known > 0 &&
          (totals.added === 0 && totals.spans > 0
            ? ' · the store has all of it already'
            : ` · ${formatCount(totals.known)} of them in the store already`)}
        {failed > 0 && files.length > 1 && ` · ${formatPlural(failed, 'file')} with nothing to read, or not to the end`}
      </p>
      <Receipt receipt={receipt} named={files.length === 1} dry />
      {(secrets > 0 || masked > 0) && (
        <p className={styles.privacy}>
          Privacy:{' '}
          {[
            secrets > 0 && `${formatPlural(secrets, 'span')} may hold a secret (an API key, a token)`,
            masked > 0 && `${formatPlural(masked, 'span')} masked at the source`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
    </>
  )
}
