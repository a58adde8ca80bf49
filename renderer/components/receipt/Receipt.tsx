import type { FileReceipt, ImportReceipt } from '../../../shared/domain/receipt.ts'
import { formatBytes, formatCount, formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { formatDuration } from '../../../shared/format/times.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { useAsk } from '../../state/use-ask.ts'
import { adviceFor } from './advice.ts'
import { useConventionLabels } from './convention-labels.ts'
import styles from './receipt.module.css'
import { UnreadableRecords } from './UnreadableRecords.tsx'

interface Props {
  readonly receipt: ImportReceipt
  /** Set where a single file's name stands above already. */
  readonly named?: boolean
}

/** What became of every file of an import: how it was read, what came out, what did not. */
export function Receipt({ receipt, named = false }: Props) {
  const info = useAsk('app.info', {})
  const labels = new Map(info.data?.formats.map(format => [format.id, format.label]))
  return (
    <div className={styles.receipt}>
      {receipt.files.map((file, i) => (
        // Two files of one import may have the same path only when it was given twice; their order is fixed.
        // oxlint-disable-next-line react/no-array-index-key
        <FilePart key={i} file={file} labels={labels} named={named && receipt.files.length === 1} />
      ))}
      <p className={styles.line}>
        {receipt.files.length > 1 && `${formatPlural(receipt.files.length, 'file')} · `}
        {formatDuration(receipt.seconds * 1e6)}
      </p>
    </div>
  )
}

interface FileProps {
  readonly file: FileReceipt
  readonly labels: ReadonlyMap<string, string>
  readonly named: boolean
}

function FilePart({ file, labels, named }: FileProps) {
  const name = file.path.split(/[\\/]/).at(-1) ?? file.path
  const format = file.format === undefined ? undefined : (labels.get(file.format) ?? file.format)
  const facts = [format && visibleLine(format), formatBytes(file.bytes)].filter(Boolean).join(' · ')
  return (
    <article className={styles.file} aria-label={visibleLine(name, 160)}>
      {named ? (
        <p className={styles.line}>{facts}</p>
      ) : (
        <h2 className={styles.name} title={visibleLine(file.path, 1000)}>
          {visibleLine(name, 160)}
          <span className={styles.aside}>{facts}</span>
        </h2>
      )}
      {file.failure && (
        <p className={styles.failure}>
          {visibleLine(file.failure.message, 600)} {adviceFor(file.failure.code, [...labels.values()])}
        </p>
      )}
      {file.spans > 0 && <Counts file={file} />}
      <Conventions file={file} />
      {file.skipped.length > 0 && (
        <p className={styles.line}>
          Skipped: {file.skipped.map(one => `${formatCount(one.count)} ${visibleLine(one.what, 80)}`).join(' · ')}
        </p>
      )}
      {file.unreadableCount > 0 && <UnreadableRecords records={file.unreadable} count={file.unreadableCount} />}
    </article>
  )
}

function Counts({ file }: { readonly file: FileReceipt }) {
  const counts: readonly (readonly [string, number])[] = [
    ['traces', file.traces],
    ['spans', file.spans],
    ['calls', file.calls],
    ['new', file.added],
    ['already known', file.known],
  ]
  return (
    <dl className={styles.counts}>
      {counts.map(([label, n]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{formatCount(n)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** "OpenInference 81% · OTel GenAI 14% · no convention 5%". */
function Conventions({ file }: { readonly file: FileReceipt }) {
  const labels = useConventionLabels()
  const shares = Object.entries(file.conventions).filter(([, spans]) => spans > 0)
  if (shares.length === 0) return null
  const words = shares
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, spans]) => `${labels.get(name) ?? visibleLine(name, 60)} ${formatShare(spans, file.spans)}`)
  return <p className={styles.line}>Meaning: {words.join(' · ')}</p>
}
