import { useMemo, useState } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import type { PromptVersionRow } from '../../../../shared/contract/prompts.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { adjustQuery, useRoute } from '../../../app/view.ts'
import { EmptyState } from '../../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import type { PairContext } from '../model/pair.ts'
import {
  askedSide,
  mostSides,
  offeredSides,
  readSide,
  readSides,
  sidesOf,
  writeSide,
  writeSides,
} from '../model/sides.ts'
import styles from '../prompts.module.css'
import own from './answers.module.css'
import { useJudging } from '../use-judging.ts'
import { usePromptAsk } from '../use-prompt-ask.ts'
import { Answers } from './Answers.tsx'

/** Inputs that are asked for at once. */
const page = 100
/** Versions and models that are offered at once, the last seen. */
const mostOffered = 500

interface Props extends PairContext {
  readonly versions: readonly PromptVersionRow[]
}

/** What versions and models answered to the same input, input by input. */
export function SameInputs({ prompt, versions, a, b, where }: Props) {
  const [at, setAt] = useState(0)
  const judging = useJudging(fileName(prompt))
  const said = useRoute().query.get('beside')
  const added = useMemo(() => readSides(said), [said])
  const sides = useMemo(() => sidesOf(versions, { a, b }, added), [versions, a, b, added])
  const asked = useMemo(() => sides.map(side => askedSide(prompt, versions, side)), [prompt, versions, sides])
  const offset = Math.floor(at / page) * page
  const { data, error, again, slow } = usePromptAsk(
    'prompts.matches',
    sides.length < 2 ? null : { sides: asked, ...where, offset, limit: page },
  )
  if (sides.length < 2) {
    return (
      <EmptyState title="There is one version only" within>
        With two, or one that several models answered, the inputs that both answered stand here, answer beside answer.
      </EmptyState>
    )
  }
  const put = (next: typeof added) => {
    setAt(0)
    adjustQuery({ beside: writeSides(next) })
  }
  const offered = offeredSides(versions, sides)
  const choice = (
    <div className={styles.bar} role="toolbar" aria-label="What stands side by side">
      {sides.map(side => (
        <span key={side.letter}>
          <b>{side.letter}</b> {side.words}{' '}
          {added.some(one => writeSide(one) === writeSide(side)) && (
            <button
              type="button"
              className={own.drop}
              onClick={() => put(added.filter(one => writeSide(one) !== writeSide(side)))}
            >
              ×<span className="spoken"> Leave out {side.words}</span>
            </button>
          )}
        </span>
      ))}
      {offered.length > 0 && sides.length < mostSides && (
        <select
          aria-label="Version or model to put beside them"
          value=""
          onChange={event => put([...added, readSide(event.target.value) ?? []].flat())}
        >
          <option value="" disabled>
            Add a version or model…
          </option>
          {offered.slice(0, mostOffered).map(one => (
            <option key={writeSide(one)} value={writeSide(one)}>
              {one.words}
            </option>
          ))}
          {offered.length > mostOffered && (
            <option disabled>{formatCount(offered.length - mostOffered)} more: make one A or B in the list</option>
          )}
        </select>
      )}
      {sides.length === mostSides && <span className={styles.faint}>Five is the most.</span>}
    </div>
  )
  const group = data?.groups[at - offset]
  return (
    <div className={styles.stack}>
      {choice}
      {error && <ErrorNote title="Equal inputs could not be looked for." error={error} retry={again} />}
      {!error && !data && slow && <p className={styles.waiting}>Looking for inputs that they have in common…</p>}
      {!error && data?.total === 0 && (
        <EmptyState title="They never met the same input" within>
          No call of one has the same variables and user messages as one of another, and none has nearly the same.{' '}
          {nearWords(data.near)} Their traffic can be compared as a whole only.
        </EmptyState>
      )}
      {!error && data && group && (
        <Answers
          key={group.calls.map(call => call?.id).join(' ')}
          sides={sides}
          group={group}
          near={nearWords(data.near)}
          place={`Input ${formatCount(at + 1)} of ${formatCount(data.total)}`}
          judging={judging}
          go={by => setAt(Math.max(0, Math.min(data.total - 1, at + by)))}
        />
      )}
    </div>
  )
}

/** What near means, and how far near ones were looked for. */
function nearWords({ least, read, all }: Output<'prompts.matches'>['near']): string {
  const measure = `Near: at least ${Math.round(least * 100)} % of all pieces of four characters are in both.`
  return read < all
    ? `${measure} Looked for among the latest ${formatCount(read)} of ${formatPlural(all, 'input')} without an equal one.`
    : measure
}

/** What the file of scores is called: letters and digits of the prompt's name. */
function fileName(prompt: string): string {
  return `judged ${prompt
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 80)}.jsonl`
}
