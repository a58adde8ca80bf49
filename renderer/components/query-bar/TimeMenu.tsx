import { Popover } from '@base-ui/react/popover'
import { ChevronDown, Clock } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { userZone } from '../../state/question.ts'
import { Button } from '../button/Button.tsx'
import { betweenClause, endsOf, timeOf, timeRanges, withTime } from './model/time-range.ts'
import popup from '../popup/popup.module.css'
import styles from './time-menu.module.css'

interface Props {
  readonly text: string
  readonly choose: (text: string) => void
}

/** When: writes a `started:` clause into the query, so that what is chosen can be read and changed there. */
export function TimeMenu({ text, choose }: Props) {
  const [open, setOpen] = useState(false)
  const now = timeOf(text)
  const pick = (clause: string | undefined) => {
    setOpen(false)
    choose(withTime(text, clause))
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger render={<Button className={styles.button} data-set={now !== undefined || undefined} />}>
        <Clock aria-hidden="true" size={12} />
        <span className={styles.when}>
          <span className="spoken">Time: </span>
          {now === undefined ? 'Any time' : visibleLine(now, 60)}
        </span>
        <ChevronDown aria-hidden="true" size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className={popup.positioner}>
          <Popover.Popup className={styles.popup} aria-label="Time range">
            <ul className={styles.ranges}>
              {[{ label: 'Any time', clause: undefined }, ...timeRanges].map(({ label, clause }) => (
                <li key={label}>
                  <button
                    type="button"
                    className={styles.range}
                    aria-pressed={label === (now ?? 'Any time')}
                    onClick={() => pick(clause)}
                  >
                    {label}
                  </button>
                </li>
              ))}
            </ul>
            <Between text={text} pick={pick} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface BetweenProps {
  readonly text: string
  readonly pick: (clause: string) => void
}

function Between({ text, pick }: BetweenProps) {
  const [{ from, to }, setEnds] = useState(() => endsOf(text))
  const backwards = from !== '' && to !== '' && from > to
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!backwards && (from !== '' || to !== '')) pick(betweenClause(from, to))
  }
  return (
    <form className={styles.between} onSubmit={submit}>
      <label className={styles.end}>
        From
        <input type="datetime-local" value={from} onChange={event => setEnds({ from: event.target.value, to })} />
      </label>
      <label className={styles.end}>
        To, that minute included
        <input type="datetime-local" value={to} onChange={event => setEnds({ from, to: event.target.value })} />
      </label>
      {backwards && <p className={styles.wrong}>It ends before it begins.</p>}
      <div className={styles.last}>
        <span className={styles.zone}>Times are in {userZone()}.</span>
        <Button type="submit" disabled={backwards || (from === '' && to === '')}>
          Show
        </Button>
      </div>
    </form>
  )
}
