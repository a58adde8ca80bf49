import type { ImportReceipt } from '../../../shared/domain/receipt.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { Receipt } from '../../components/receipt/Receipt.tsx'
import styles from './import-sheet.module.css'

const most = 20

/** What an import would bring, file by file. */
export function CheckedFiles({ receipt }: { readonly receipt: ImportReceipt }) {
  const { totals, files } = receipt
  const secrets = files.reduce((sum, file) => sum + (file.marks.secret ?? 0), 0)
  const masked = files.reduce((sum, file) => sum + (file.marks.masked ?? 0), 0)
  const shown = { ...receipt, files: files.slice(0, most) }
  return (
    <>
      <p className={styles.sum}>
        {formatPlural(totals.spans, 'span')} in {formatPlural(totals.traces, 'trace')}
        {totals.known > 0 &&
          (totals.added === 0 && totals.spans > 0
            ? ' · the store has all of it already'
            : ` · ${formatCount(totals.known)} of them in the store already`)}
      </p>
      <Receipt receipt={shown} named={files.length === 1} dry />
      {files.length > most && <p className={styles.aside}>{formatPlural(files.length - most, 'more file')}</p>}
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
