import { useMemo, useState } from 'react'
import type { FileReceipt, ImportReceipt, SkippedRecords } from '../../../shared/domain/receipt.ts'
import { labelOfFormat } from '../../../shared/format/format-label.ts'
import { formatBytes, formatCount, formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { marks } from '../../../shared/domain/marks.ts'
import { useAsk } from '../../state/use-ask.ts'
import { Button } from '../button/Button.tsx'
import { wordsOfMark } from '../marks/mark-words.ts'
import { adviceFor } from './advice.ts'
import { Conflicts } from './Conflicts.tsx'
import { namesApart } from './names.ts'
import styles from './receipt.module.css'
import { UnreadFields } from './UnreadFields.tsx'
import { UnreadableRecords } from './UnreadableRecords.tsx'

/** From so many files on each is one line that opens: what failed is open and comes first. */
const foldFrom = 4
/** Files listed before the reader asks for more. */
const page = 50

interface Props {
  readonly receipt: ImportReceipt
  /** Set where a single file's name stands above already. */
  readonly named?: boolean
  /** Of a check: nothing was written. */
  readonly dry?: boolean
}

/** What became of every file of an import: how it was read, what came out, what did not. */
export function Receipt({ receipt, named = false, dry = false }: Props) {
  const info = useAsk('app.info', {})
  const labels = new Map(info.data?.formats.map(format => [format.id, format.label]))
  const dialects = new Map(info.data?.conventions.map(dialect => [dialect.id, dialect.label]))
  const [limit, setLimit] = useState(page)
  const { files } = receipt
  const folds = files.length >= foldFrom
  const ordered = folds
    ? files.toSorted((a, b) => Number(b.failure !== undefined) - Number(a.failure !== undefined))
    : files
  const names = useMemo(() => namesOf(files), [files])
  return (
    <div className={styles.receipt} data-folds={folds || undefined}>
      {ordered.slice(0, limit).map((file, i) => {
        const props = { file, name: names.get(file) ?? file.path, labels, dialects, dry }
        // Two files of one import may have the same path only when it was given twice; their order is fixed.
        return folds ? (
          // oxlint-disable-next-line react/no-array-index-key
          <FoldedFile key={i} {...props} />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <FilePart key={i} {...props} named={named && files.length === 1} />
        )
      })}
      {ordered.length > limit && (
        <Button look="quiet" onClick={() => setLimit(limit + page)}>
          Show {formatCount(Math.min(page, ordered.length - limit))} of{' '}
          {formatPlural(ordered.length - limit, 'more file')}
        </Button>
      )}
      <p className={styles.line} hidden={dry}>
        {files.length > 1 && `${formatPlural(files.length, 'file')} · `}
        {formatDuration(receipt.seconds * 1e6)}
      </p>
    </div>
  )
}

function namesOf(files: readonly FileReceipt[]): ReadonlyMap<FileReceipt, string> {
  const names = namesApart(files.map(({ path }) => path))
  return new Map(files.map((file, i) => [file, names[i]!]))
}

interface FileProps {
  readonly file: FileReceipt
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly dialects: ReadonlyMap<string, string>
  readonly dry: boolean
}

/** One of many files: its name and what came out of it on a line, the rest behind it. */
function FoldedFile(props: FileProps) {
  const { file, name, labels } = props
  const [open, setOpen] = useState(file.failure !== undefined)
  const facts = [readAs(file, labels), sizeOf(file), !file.failure && formatPlural(file.spans, 'span')]
  return (
    <details className={styles.folded} open={open} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary title={visibleLine(file.path, 1000)}>
        <b>{visibleLine(name, 160)}</b> <span className={styles.place}>{facts.filter(Boolean).join(' · ')}</span>
        {file.unreadableCount > 0 && (
          <span className={styles.warn}> · {formatCount(file.unreadableCount)} unreadable</span>
        )}
        {file.failure && <span className={styles.failed}> · not read{file.spans > 0 && ' to the end'}</span>}
      </summary>
      {open && <FilePart {...props} named facts={false} />}
    </details>
  )
}

interface PartProps extends FileProps {
  /** The file's name stands above already. */
  readonly named: boolean
  /** Off where its format and size stand above too. */
  readonly facts?: boolean
}

function FilePart({ file, name, labels, dialects, named, dry, facts: withFacts = true }: PartProps) {
  const facts = [readAs(file, labels), sizeOf(file)].filter(Boolean).join(' · ')
  return (
    <article className={styles.file} aria-label={visibleLine(name, 160)}>
      {named ? (
        withFacts && <p className={styles.line}>{facts}</p>
      ) : (
        <h2 className={styles.name} title={visibleLine(file.path, 1000)}>
          {visibleLine(name, 160)}
          <span className={styles.aside}>{facts}</span>
        </h2>
      )}
      {file.failure && (
        <div className={styles.failure}>
          {visibleLine(file.failure.message, 600)} {adviceFor(file.failure.code)}
          {file.failure.code === 'import/unrecognised' && <Opens labels={[...labels.values()]} />}
        </div>
      )}
      {file.spans > 0 && <Counts file={file} dry={dry} />}
      {file.firstTime !== undefined && (
        <p className={styles.line}>
          From {formatDateTime(file.firstTime)} to {formatDateTime(file.lastTime)}
        </p>
      )}
      <Conventions file={file} labels={dialects} />
      {file.skipped.length > 0 && (
        <p className={styles.line}>Skipped: {file.skipped.map(wordsOfSkipped).join(' · ')}</p>
      )}
      {file.unreadableCount > 0 && <UnreadableRecords records={file.unreadable} count={file.unreadableCount} />}
      <Oddities file={file} />
      {file.conflictCount > 0 && <Conflicts conflicts={file.conflicts} count={file.conflictCount} />}
      {file.unreadFieldCount > 0 && <UnreadFields fields={file.unreadFields} count={file.unreadFieldCount} />}
    </article>
  )
}

/** "OTLP metrics (34)"; of objects nobody knows where the first stand. */
function wordsOfSkipped({ what, count, places = [] }: SkippedRecords): string {
  const shown = places.slice(0, 5).map(place => visibleLine(place, 160))
  const more = count > shown.length ? [`${formatCount(count - shown.length)} more`] : []
  const where = shown.length === 0 ? '' : `: ${[...shown, ...more].join(', ')}`
  return `${visibleLine(what, 80)} (${formatCount(count)}${where})`
}

/** What could have been opened instead: a long list, for who wants it. */
function Opens({ labels }: { readonly labels: readonly string[] }) {
  if (labels.length === 0) return null
  return (
    <details className={styles.details}>
      <summary>What can be opened</summary>
      <p>{labels.map(label => visibleLine(label, 80)).join(' · ')}</p>
    </details>
  )
}

function Counts({ file, dry }: { readonly file: FileReceipt; readonly dry: boolean }) {
  // No call of it says: unknown, not zero.
  const tokens = (count: number) => (count === 0 ? undefined : count)
  const counts: readonly (readonly [string, number | undefined])[] = [
    ['traces', file.traces],
    ['spans', file.spans],
    ['calls', file.calls],
    ['messages', file.messages],
    ['tokens in', tokens(file.inputTokens)],
    ['tokens out', tokens(file.outputTokens)],
    [dry ? 'would be new' : 'new', file.added],
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
function Conventions({ file, labels }: { readonly file: FileReceipt; readonly labels: ReadonlyMap<string, string> }) {
  const shares = Object.entries(file.conventions).filter(([, spans]) => spans > 0)
  if (shares.length === 0) return null
  const words = shares
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, spans]) => `${labels.get(name) ?? visibleLine(name, 60)} ${formatShare(spans, file.spans)}`)
  return <p className={styles.line}>Meaning: {words.join(' · ')}</p>
}

/** "OTLP JSON, certain; also Jaeger JSON in 3 records". */
function readAs(file: FileReceipt, labels: ReadonlyMap<string, string>): string | undefined {
  if (file.format === undefined) return undefined
  const label = (id: string) => visibleLine(labelOfFormat(id, labels, file), 80)
  const sure = file.sure === undefined || file.sure === 'certain' ? '' : `, ${file.sure}`
  const others = Object.entries(file.formats).filter(([id]) => id !== file.format)
  const also = others.map(([id, records]) => `${label(id)} in ${formatPlural(records, 'record')}`)
  return [`${label(file.format)}${sure}`, ...(also.length > 0 ? [`also ${also.join(', ')}`] : [])].join('; ')
}

/** "212 MB gzip, 1.9 GB unpacked". */
function sizeOf(file: FileReceipt): string {
  const packed = file.packed?.length
    ? ` ${file.packed
        .toReversed()
        .map(layer => visibleLine(layer, 20))
        .join(' in ')}`
    : ''
  const unpacked = file.unpackedBytes === undefined ? '' : `, ${formatBytes(file.unpackedBytes)} unpacked`
  return `${formatBytes(file.bytes)}${packed}${unpacked}`
}

/** What was odd about spans that were read all the same. */
function Oddities({ file }: { readonly file: FileReceipt }) {
  const found = marks.flatMap(mark => {
    const count = file.marks[mark] ?? 0
    return count > 0 ? { mark, count, words: wordsOfMark(mark) } : []
  })
  if (found.length === 0) return null
  return (
    <ul className={styles.oddities} aria-label="Doubtful spans">
      {found.map(({ mark, count, words }) => (
        <li key={mark} data-warns={words.warns || undefined} title={words.long}>
          {formatCount(count)} {count === 1 ? words.one : words.many}
        </li>
      ))}
    </ul>
  )
}
