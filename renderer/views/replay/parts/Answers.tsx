import { isGoing, type Attempt } from '../model/attempts.ts'
import type { GoOn } from '../model/go-on.ts'
import type { Original } from '../model/original.ts'
import { chosenOf, type Chosen } from '../model/runs.ts'
import { Answer } from './Answer.tsx'
import { AnswerList } from './AnswerList.tsx'
import { Logged } from './Logged.tsx'
import { RunSpread } from './RunSpread.tsx'
import { Streaming } from './Streaming.tsx'
import styles from '../replay.module.css'

interface Props {
  readonly original: Original
  /** The logged answer has no column of its own. */
  readonly withLogged: boolean
  /** The latest first. */
  readonly attempts: readonly Attempt[]
  /** The store has older ones. */
  readonly more: boolean
  readonly chosen: Chosen | undefined
  readonly choose: (chosen: Chosen) => void
  readonly stop: () => void
  readonly goOn: GoOn
}

/** What came back, each time it was sent, beside what the log has. */
export function Answers({ original, withLogged, attempts, more, chosen, choose, stop, goOn }: Props) {
  const shown = chosenOf(attempts, chosen)
  return (
    <section className={styles.answers} data-pane="Answers" aria-label="Answers">
      {attempts.length > 0 && (
        <AnswerList
          original={original}
          withLogged={withLogged}
          attempts={attempts}
          more={more}
          shown={shown}
          choose={choose}
        />
      )}
      {shown === 'logged' || shown === undefined ? (
        <>
          {attempts.length === 0 && (
            <p className={styles.waiting}>Nothing was sent yet. Answers stand here once something is.</p>
          )}
          {withLogged && <Logged original={original} />}
        </>
      ) : 'attempts' in shown ? (
        <RunSpread key={shown.run} run={shown} original={original} choose={choose} />
      ) : isGoing(shown) && shown.stream ? (
        <Streaming key={shown.send} stream={shown.stream} isStopping={shown.isStopping === true} stop={stop} />
      ) : (
        <Answer key={shown.send} attempt={shown} original={original} goOn={goOn} />
      )}
    </section>
  )
}
