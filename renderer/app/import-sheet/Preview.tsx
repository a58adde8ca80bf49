import type { PreviewSpan } from '../../../shared/contract/imports.ts'
import { formatCount } from '../../../shared/format/numbers.ts'
import { formatDuration } from '../../../shared/format/times.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { KindIcon } from '../../components/kind/KindIcon.tsx'
import styles from './import-sheet.module.css'

const most = 40

interface Props {
  readonly spans: readonly PreviewSpan[]
  /** A few rows in sight while what decides about them is changed below. */
  readonly low?: boolean
}

/** The first traces as they would be read. */
export function Preview({ spans, low = false }: Props) {
  return (
    <section className={styles.part} aria-label="Preview">
      <h3>Preview</h3>
      {/* Chromium lets the keyboard into what scrolls. */}
      <div className={styles.previewed} data-low={low || undefined}>
        <table className={styles.preview}>
          <thead>
            <tr>
              <th scope="col">Span</th>
              <th scope="col">Model</th>
              <th scope="col">Lasts</th>
              <th scope="col">In</th>
              <th scope="col">Out</th>
            </tr>
          </thead>
          <tbody>
            {spans.slice(0, most).map((span, i) => (
              // A preview never changes.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={i} data-failed={span.status === 'error' || undefined}>
                <td style={{ paddingInlineStart: `${Math.min(span.depth, 12) * 14}px` }}>
                  <KindIcon kind={span.kind} spoken /> {visibleLine(span.name, 80) || '(no name)'}
                </td>
                <td>{span.model === undefined ? '' : visibleLine(span.model, 40)}</td>
                <td>{span.durationNs === undefined ? '' : formatDuration(Number(span.durationNs) / 1000)}</td>
                <td>{span.inputTokens === undefined ? '' : formatCount(span.inputTokens)}</td>
                <td>{span.outputTokens === undefined ? '' : formatCount(span.outputTokens)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {spans.length > most && <p className={styles.aside}>and {formatCount(spans.length - most)} more</p>}
      </div>
    </section>
  )
}
