import { formatCount, formatMoney } from '../../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { outputTextOf } from '../../../../shared/diff/span-texts.ts'
import { LongText } from '../../../components/json/LongText.tsx'
import type { Original } from '../model/original.ts'
import { costOf } from '../model/spread.ts'
import styles from '../replay.module.css'

/** What the log says came back: what every answer is compared with. */
export function Logged({ original }: { readonly original: Original }) {
  const { span } = original
  const cost = costOf(original)
  const facts = [
    span.model ?? span.requestModel,
    span.startTime === undefined ? undefined : formatDateTime(span.startTime),
    span.durationNs === undefined ? undefined : formatDuration(Number(span.durationNs) / 1000),
    span.usage && `${formatCount(span.usage.input)} / ${formatCount(span.usage.output)} tokens`,
    cost === undefined ? undefined : formatMoney(cost),
    span.finishReasons?.join(', '),
  ]
  const output = outputTextOf(span)
  return (
    <div className={styles.scroll}>
      <h2 className={styles.title}>As it is logged</h2>
      <p className={styles.faint}>
        {facts.flatMap(fact => (fact === undefined ? [] : [visibleLine(fact, 120)])).join(' · ')}
      </p>
      {span.status === 'error' && (
        <p className={styles.alert}>
          Failed{span.statusMessage !== undefined && `: ${visibleLine(span.statusMessage, 600)}`}
        </p>
      )}
      {output === '' ? <p className={styles.faint}>The log has no answer.</p> : <LongText text={output} fold={60} />}
    </div>
  )
}
