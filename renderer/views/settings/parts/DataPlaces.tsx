import type { ReactNode } from 'react'
import { formatBytes, formatPlural, formatShare } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { useAsk } from '../../../app/view.ts'
import { CopyButton } from '../../../components/messages/CopyButton.tsx'
import { useIndexStatus } from '../../../state/index-status.ts'
import { keptFile } from '../../../state/kept.ts'
import styles from '../settings.module.css'

/** Every file that Spanwise keeps, how large it is, and that nothing goes elsewhere. */
export function DataPlaces() {
  const summary = useAsk('store.summary', {}, { live: true }).data
  const index = useIndexStatus()
  const info = useAsk('app.info', {}).data
  const settings = keptFile()
  return (
    <section className={styles.group} aria-label="Where the data is">
      <h2>Where the data is</h2>
      <dl className={styles.places}>
        {summary && (
          <Place name="Store" path={summary.path}>
            {formatBytes(summary.bytes)} · {formatPlural(summary.traces, 'trace')} ·{' '}
            {formatPlural(summary.spans, 'span')} · {formatPlural(summary.imports, 'import')}. Everything that was
            imported, your stars, tags, notes and saved views. Copy this file, while Spanwise is closed, to back it up.
          </Place>
        )}
        {index?.file && (
          <Place name="Index of texts" path={index.file.path}>
            {formatBytes(index.file.bytes)} ·{' '}
            {index.status.state === 'complete'
              ? 'complete'
              : `${index.status.state}, ${formatShare(index.status.done, Math.max(index.status.all, 1))}`}
            .{' '}
            {index.file.blobs > 0 &&
              `${formatPlural(index.file.blobs, 'run')} of base64 or hexadecimal are not searched: nobody looks for a word in one. `}
            Derived from the store: removing it costs nothing but the time to build it again.
          </Place>
        )}
        {settings === undefined ? (
          <div>
            <dt>Settings</dt>
            <dd className={styles.aside}>kept by this page only</dd>
          </div>
        ) : (
          <Place name="Settings" path={settings}>
            What is chosen on this page, columns, panes, and the queries asked lately. Outside every store.
          </Place>
        )}
        <div>
          <dt>Network</dt>
          <dd className={styles.aside}>
            Spanwise contacts nothing: no updates, no statistics, no fonts from elsewhere.
            {info?.host === 'browser' && ' This page is served by Spanwise itself, to this browser only, on 127.0.0.1.'}
          </dd>
        </div>
        {info && (
          <div>
            <dt>Version</dt>
            <dd className={styles.aside}>{visibleLine(info.version, 60)}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}

interface PlaceProps {
  readonly name: string
  readonly path: string
  readonly children: ReactNode
}

function Place({ name, path, children }: PlaceProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className={styles.path}>{visibleLine(path, 1000)}</span>{' '}
        <CopyButton text={() => path} label={`Copy the path of: ${name}`} />
        <p className={styles.aside}>{children}</p>
      </dd>
    </div>
  )
}
