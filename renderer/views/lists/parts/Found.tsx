import type { ListKind } from '../../../../shared/contract/lists.ts'
import { formatCount, formatShare } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { useAsk } from '../../../app/view.ts'
import type { ListState } from '../model/row-list.ts'
import { titles } from '../model/titles.ts'
import own from './found.module.css'
import tones from './tones.module.css'

interface Props {
  readonly state: ListState
  readonly kind: ListKind
  readonly importing: boolean
  /** A search takes its time. */
  readonly running: boolean
  readonly again: () => void
}

/** How many there are, of how many, and how long that took. */
export function Found({ state, kind, importing, running, again }: Props) {
  const { total, shown, shownGroup, took, cancelled, exact, behind, resorting, searched, stopped } = state
  const summary = useAsk('store.summary', {}, { live: true }).data
  const all = kind === 'sessions' ? undefined : summary?.[kind]
  const filtered = shown !== undefined && shown !== ''
  const { title, count } = titles[kind]
  // The sentence beside it is the next query's: the count before is not its.
  if (running) return <h1>Counting {title.toLowerCase()}…</h1>
  if (behind && !cancelled && !resorting) return <h1>{title} could not be counted</h1>
  return (
    <>
      {cancelled && (
        <span className={tones.muted}>
          Cancelled: this is the result before.{' '}
          <button type="button" className={own.again} onClick={again}>
            Search again
          </button>{' '}
        </span>
      )}
      <h1>
        {total === undefined
          ? title
          : shownGroup !== undefined
            ? `${formatCount(total)} ${total === 1 ? 'group' : 'groups'} of ${title.toLowerCase()}`
            : filtered && all !== undefined
              ? `${exact ? '' : 'at least '}${formatCount(total)} of ${count(all)}`
              : count(total)}
      </h1>
      {searched && (
        <span className={tones.muted}>
          {' '}
          so far: {formatShare(searched.done, searched.all)} read, the newest first
          {stopped && (
            <>
              {'; stopped. '}
              <button type="button" className={own.again} onClick={again}>
                Search on
              </button>
            </>
          )}
        </span>
      )}
      {filtered && !searched && took !== undefined && (
        <span className={tones.muted}> · {formatDuration(took * 1000)}</span>
      )}
      {!exact && !filtered && !searched && <span className={tones.muted}> so far</span>}
      {importing && <span className={tones.muted}> importing, more are coming</span>}
    </>
  )
}
