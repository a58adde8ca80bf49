import { ChevronDown, ChevronUp } from 'lucide-react'
import { useEffect, useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { announce } from '../../../app/announce.ts'
import { IconButton } from '../../../components/button/Button.tsx'
import { inReadingOrder, markedHits, markNow } from '../../../components/hits/mark-hits.ts'
import { reveal } from '../../../components/hits/reveal.ts'
import { useStore } from '../../../state/store.ts'
import styles from './detail.module.css'
import type { HitCounts } from './hit-sections.ts'
import type { Section, SectionId } from './sections.ts'

export interface HitStripHandle {
  readonly go: (by: 1 | -1) => void
}

interface Props {
  readonly sections: readonly Section[]
  readonly active: SectionId
  readonly counts: HitCounts
  readonly handle: Ref<HitStripHandle>
  readonly open: (section: SectionId) => void
}

/** The first hit comes into view with the section; then from hit to hit within what is shown, naming the part each is in; and which other sections have some. */
export function HitStrip({ sections, active, counts, handle, open }: Props) {
  const { bySection, isCut } = counts
  const marked = useStore(markedHits)
  const [now, setNow] = useState<Range>()
  const hits = useMemo(() => inReadingOrder(marked), [marked])
  const at = now ? hits.indexOf(now) : -1
  useEffect(() => () => markNow(undefined), [])
  // Of a long conversation not every message is made.
  const all = Math.max(hits.length, bySection.get(active) ?? 0)
  const came = useRef(false)
  useEffect(() => {
    const [first] = hits
    // Once, without a movement: from then on the reader scrolls. Marks of the span before, whose texts are gone, are empty.
    if (came.current || !first || first.collapsed) return
    came.current = true
    reveal(first)
  }, [hits])

  const go = (by: 1 | -1) => {
    const next = hits[at < 0 ? (by > 0 ? 0 : hits.length - 1) : (at + by + hits.length) % hits.length]
    if (!next) return announce('No hit is shown here')
    setNow(next)
    markNow(next)
    reveal(next)
    announce(`Hit ${hits.indexOf(next) + 1} of ${all}, ${partOf(next)}`)
  }
  useImperativeHandle(handle, () => ({ go }))
  const others = sections.filter(({ id }) => id !== active && bySection.has(id))
  if (hits.length === 0 && others.length === 0 && !isCut) return null
  return (
    <div className={styles.hits} role="group" aria-label="Hits">
      <span className={styles.hitWords}>
        {hits.length === 0
          ? 'No hits in this section'
          : at < 0
            ? formatPlural(all, 'hit')
            : `hit ${formatCount(at + 1)} of ${formatCount(all)} · ${partOf(hits[at]!)}`}
        {others.map(({ id, label }) => (
          <span key={id}>
            {' · '}
            <button type="button" className={styles.link} onClick={() => open(id)}>
              {formatCount(bySection.get(id))} in {label}
            </button>
          </span>
        ))}
        {isCut && ' · past a million characters of a text nothing is looked for'}
      </span>
      <IconButton
        label="Previous hit"
        title="Previous hit (Shift+N)"
        disabled={hits.length === 0}
        onClick={() => go(-1)}
      >
        <ChevronUp />
      </IconButton>
      <IconButton label="Next hit" title="Next hit (n)" disabled={hits.length === 0} onClick={() => go(1)}>
        <ChevronDown />
      </IconButton>
    </div>
  )
}

/** "in output message 3, call of search_orders". */
function partOf(range: Range): string {
  const parts: string[] = []
  for (let at = range.startContainer.parentElement; at; at = at.parentElement) {
    const { part } = at.dataset
    if (part !== undefined && part !== '') parts.unshift(part)
  }
  return parts.length === 0 ? '' : `in ${parts.join(', ')}`
}
