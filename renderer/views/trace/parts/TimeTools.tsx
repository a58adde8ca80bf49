import { GitCommitHorizontal, ListRestart } from 'lucide-react'
import { memo } from 'react'
import { formatCount, formatShare } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import type { TimeSplit } from '../../../../shared/tree/waits.ts'
import type { TraceModel } from '../model.ts'
import type { FittingColumns, ChosenColumn } from '../model/column-choice.ts'
import { back, backTo, type Cursor, type Move, showRange, toggleAttempts } from '../model/cursor.ts'
import { isWhole, type TimeRange } from '../model/timeline.ts'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { Minimap } from './Minimap.tsx'
import styles from './tools.module.css'

interface Props {
  readonly model: TraceModel
  readonly range: TimeRange
  /** Ranges that were committed one after another. */
  readonly path: Cursor['path']
  readonly foldsAttempts: boolean
  readonly move: (move: Move) => void
  readonly critical: boolean
  readonly onCritical: () => void
  readonly columns: {
    readonly choice: readonly ChosenColumn[]
    readonly fitting: FittingColumns
    readonly choose: (choice: readonly ChosenColumn[]) => void
  }
}

/**
 * Above the tree: the whole trace in small, the way to the range that is shown, and what can be shown otherwise. Memoised: an
 * arrow key changes nothing here.
 */
export const TimeTools = memo(function TimeTools(props: Props) {
  const { model, range, path, foldsAttempts, move, critical, onCritical, columns } = props
  const { attempts, split } = model
  return (
    <div className={styles.tools} role="group" aria-label="Time line">
      <Minimap model={model} range={range} onRange={to => move(showRange(to))} />
      <RangePath model={model} range={range} path={path} move={move} />
      <span className={styles.buttons}>
        <button
          type="button"
          className={styles.tool}
          aria-pressed={critical}
          title={`What the end of the trace waited for, as far as the times tell (g): ${splitWords(split, true)}`}
          onClick={onCritical}
        >
          <GitCommitHorizontal aria-hidden size={13} />
          <span className={styles.word}>Critical path</span>
          <span className={`${styles.aside} ${styles.split}`}>{splitWords(split, false)}</span>
        </button>
        {attempts.superseded > 0 && (
          <button
            type="button"
            className={styles.tool}
            aria-pressed={foldsAttempts}
            title="Fold attempts that were tried again, or unfold them (Shift+R)"
            onClick={() => move(toggleAttempts)}
          >
            <ListRestart aria-hidden size={13} />
            <span className={styles.word}>{foldsAttempts ? 'Earlier attempts folded' : 'Fold earlier attempts'}</span>
            <span className={styles.aside}>{formatCount(attempts.superseded)}</span>
          </button>
        )}
        <ColumnsMenu choice={columns.choice} left={columns.fitting.left} choose={columns.choose} />
      </span>
    </div>
  )
})

/** The whole › 2.0 s to 9.5 s › …: ranges that were committed, each a way back. */
function RangePath({ model, range, path, move }: Pick<Props, 'model' | 'range' | 'path' | 'move'>) {
  if (isWhole(range, model.whole) && path.length === 0) return null
  const last = path.at(-1)
  const strayed = !last || last.from !== range.from || last.to !== range.to
  return (
    <nav className={styles.path} aria-label="Ranges">
      <button type="button" onClick={() => move(backTo(0))} title="Show the whole trace (Shift+Z)">
        Whole trace
      </button>
      {path.map((one, i) => (
        <span key={`${i} ${one.from}`}>
          <span className={styles.then} aria-hidden>
            ›
          </span>
          <button
            type="button"
            aria-current={!strayed && i === path.length - 1 ? 'true' : undefined}
            onClick={() => move(backTo(i + 1))}
          >
            {rangeText(one)}
          </button>
        </span>
      ))}
      {strayed && (
        <span>
          <span className={styles.then} aria-hidden>
            ›
          </span>
          <button
            type="button"
            className={styles.stray}
            title="Back to the range before (Escape)"
            onClick={() => move(back)}
          >
            {rangeText(range)}
          </button>
        </span>
      )}
    </nav>
  )
}

function rangeText({ from, to }: { readonly from: number; readonly to: number }): string {
  return `${formatDuration(from)} to ${formatDuration(to)}`
}

/** "model 71% · tools 20% · own code 9%" */
export function splitWords(split: TimeSplit, inFull: boolean): string {
  const all = split.model + split.tool + split.own
  if (!(all > 0)) return inFull ? 'nothing in it takes time' : ''
  const words = {
    model: inFull ? 'waiting for models' : 'model',
    tool: inFull ? 'for tools' : 'tools',
    own: 'own code',
  }
  return (['model', 'tool', 'own'] as const)
    .map(wait => `${words[wait]} ${inFull ? `${formatDuration(split[wait])}, ` : ''}${formatShare(split[wait], all)}`)
    .join(inFull ? '; ' : ' · ')
}
