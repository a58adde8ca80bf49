import { CircleX } from 'lucide-react'
import { useLayoutEffect, useState, type RefObject } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import { formatCount, formatMoney, formatPlural, formatTokens } from '../../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine, visibleText } from '../../../../shared/format/visible-text.ts'
import { useAsk } from '../../../app/view.ts'
import { KindIcon } from '../../../components/kind/KindIcon.tsx'
import styles from './peek.module.css'

interface Props {
  readonly trace: number
  /** One span of it; undefined is all of it. */
  readonly span: number | undefined
  /** The list that it lies over, and the row it is about. */
  readonly box: RefObject<HTMLElement | null>
  readonly row: string
}

/** A card about the row under the cursor: what went in and out, what it comes to, what failed first. The list keeps the focus. */
export function Peek({ trace, span, box, row }: Props) {
  const { data, error, fresh, slow } = useAsk('traces.peek', { trace, ...(span === undefined ? {} : { span }) })
  const place = usePlace(box, row)
  return (
    <section className={styles.peek} aria-label="Peek" style={place} data-old={(!fresh && slow) || undefined}>
      {data && <Card peek={data} />}
      {!data && <p className={styles.faint}>{error ? error.message : 'Reading…'}</p>}
      <span className="spoken" role="status">
        {data && fresh ? spoken(data) : ''}
      </span>
    </section>
  )
}

function Card({ peek }: { readonly peek: Output<'traces.peek'> }) {
  const { name, kind, asked, answer, error } = peek
  return (
    <>
      <h2 className={styles.name}>
        {kind && <KindIcon kind={kind} spoken />} {visibleLine(name, 200)}
      </h2>
      <p className={styles.sums}>{sumsOf(peek).join(' · ')}</p>
      {error && (
        <p className={styles.error}>
          <CircleX aria-hidden="true" size={13} />
          <span>
            {error.name === name ? '' : `${visibleLine(error.name, 100)}: `}
            {error.message === '' ? 'failed without a message' : visibleText(error.message)}
          </span>
        </p>
      )}
      <Part label="Input" text={asked} none="Nothing went in that is a text." />
      <Part label="Output" text={answer} none="Nothing came out that is a text." />
    </>
  )
}

function Part({
  label,
  text,
  none,
}: {
  readonly label: string
  readonly text: string | undefined
  readonly none: string
}) {
  return (
    <div className={styles.part}>
      <h3>{label}</h3>
      {text === undefined ? <p className={styles.faint}>{none}</p> : <p className={styles.text}>{visibleText(text)}</p>}
    </div>
  )
}

function sumsOf(peek: Output<'traces.peek'>): string[] {
  const { start, duration, model, spans, calls, errors, inputTokens, outputTokens, cost, computed, uncosted = 0 } = peek
  const other = computed === undefined || computed === cost ? '' : `, computed ${formatMoney(computed)}`
  const doubt = uncosted > 0 ? `, ${formatPlural(uncosted, 'call')} unpriced` : ''
  return [
    ...(model === undefined ? [] : [visibleLine(model, 80)]),
    ...(start === undefined ? [] : [formatDateTime(start)]),
    ...(duration === undefined ? [] : [formatDuration(duration)]),
    ...(spans === undefined ? [] : [formatPlural(spans, 'span')]),
    ...(calls === undefined ? [] : [formatPlural(calls, 'call')]),
    ...(errors ? [formatPlural(errors, 'error')] : []),
    ...(inputTokens === undefined && outputTokens === undefined
      ? []
      : [`${formatTokens(inputTokens)} tokens in, ${formatTokens(outputTokens)} out`]),
    ...(cost === undefined ? [] : [`${formatMoney(cost)}${other}${doubt}`]),
  ]
}

function spoken({ name, errors, error, answer }: Output<'traces.peek'>): string {
  const failed = error ? ` failed: ${error.message}.` : errors ? ` ${formatCount(errors)} errors.` : ''
  return visibleLine(`${name}.${failed} ${answer ?? ''}`, 300)
}

/** Below the row where there is room in the list, else where the window has more of it. */
function usePlace(box: RefObject<HTMLElement | null>, row: string): React.CSSProperties {
  const [place, setPlace] = useState<React.CSSProperties>({ visibility: 'hidden' })
  useLayoutEffect(() => {
    const list = box.current
    if (!list) return undefined
    const measure = (): void => {
      const found = document.getElementById(row)?.getBoundingClientRect()
      const around = list.getBoundingClientRect()
      if (!found) return
      const page = list.closest('main')?.getBoundingClientRect()
      const [above, below] = [found.top - (page?.top ?? 0), innerHeight - found.bottom]
      const isBelow = around.bottom - found.bottom >= enough || below >= above
      setPlace({
        maxHeight: Math.max(80, Math.min(most, (isBelow ? below : above) - 2 * gap)),
        ...(isBelow
          ? { top: list.offsetTop + found.bottom - around.top + gap }
          : { bottom: `calc(100% - ${list.offsetTop + found.top - around.top - gap}px)` }),
      })
    }
    measure()
    list.addEventListener('scroll', measure, { passive: true })
    addEventListener('resize', measure)
    return () => {
      list.removeEventListener('scroll', measure)
      removeEventListener('resize', measure)
    }
  }, [box, row])
  return place
}

/** Pixels. */
const enough = 240
const most = 360
const gap = 6
