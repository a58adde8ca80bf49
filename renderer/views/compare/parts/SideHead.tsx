import { formatDateTime } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { KindIcon } from '../../../components/kind/KindIcon.tsx'
import styles from '../compare.module.css'
import type { ComparedSpan } from '../model/use-compared.ts'

export function traceAddressOf({ traceId, id }: ComparedSpan): string {
  return `/trace/${encodeURIComponent(traceId)}?span=${id}`
}

/** Which of the two this is; leads into its trace. */
export function SideHead({ letter, side }: { readonly letter: 'A' | 'B'; readonly side: ComparedSpan }) {
  const { span } = side
  return (
    <a className={styles.side} href={`#${traceAddressOf(side)}`} title={`Open ${letter} in its trace`}>
      <b className={styles.letter}>{letter}</b>
      <KindIcon kind={span.kind} />
      <span className={styles.name}>{visibleLine(span.name, 120) || '(no name)'}</span>
      <span className={styles.faint}>{span.startTime === undefined ? 'undated' : formatDateTime(span.startTime)}</span>
    </a>
  )
}
