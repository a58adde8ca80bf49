import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Completion } from '../../../shared/query/complete.ts'
import { formatCount } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import styles from './query-bar.module.css'

interface Props {
  readonly id: string
  readonly items: readonly Completion[]
  /** -1: none yet, Enter runs the query. */
  readonly active: number
  /** Pixels from the left edge of the box. */
  readonly left: number
  readonly take: (item: Completion) => void
}

/** What may stand at the cursor. The box keeps the focus; this only shows where the arrows are. */
export function CompletionList({ id, items, active, left, take }: Props) {
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = list.current
    // Under the word, as far as the box reaches.
    const room = (element?.parentElement?.clientWidth ?? 0) - (element?.offsetWidth ?? 0)
    element?.style.setProperty('left', `${Math.max(0, Math.min(left, room))}px`)
  })
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView?.({ block: 'nearest' })
  }, [active])
  return (
    <div ref={list} id={id} role="listbox" aria-label="Completions" className={styles.completions}>
      {items.map((item, i) => (
        // The box's arrows and Enter reach it.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={item.insert}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === active}
          className={styles.completion}
          // The focus stays in the box.
          onMouseDown={event => event.preventDefault()}
          onClick={() => take(item)}
        >
          <span className={styles.offer}>{visibleLine(item.label, 200)}</span>
          <span className={styles.aside}>
            {item.detail}
            {item.count !== undefined && (
              <>
                {formatCount(item.count)}
                <span className="spoken"> {item.count === 1 ? 'span' : 'spans'}</span>
              </>
            )}
          </span>
        </div>
      ))}
    </div>
  )
}
