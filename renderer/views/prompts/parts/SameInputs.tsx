import { ArrowDown, ArrowUp } from 'lucide-react'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { comparisonMarkdown } from '../../../../shared/diff/markdown.ts'
import { textsOf } from '../../../../shared/diff/span-texts.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { announce } from '../../../app/announce.ts'
import { isFocusFree, navigate, useAsk, useCommands } from '../../../app/view.ts'
import { Button, IconButton } from '../../../components/button/Button.tsx'
import { DiffPane } from '../../../components/diff/DiffPane.tsx'
import { EmptyState } from '../../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import popup from '../../../components/popup/popup.module.css'
import { compareAddress } from '../../../state/compare-desk.ts'
import { inputCommands } from '../commands.ts'
import type { Judgement } from '../model/judged.ts'
import type { PairContext } from '../model/pair.ts'
import { askedWords, versionWords } from '../model/words.ts'
import styles from '../prompts.module.css'
import { type Judging, useJudging } from '../use-judging.ts'
import { usePromptAsk } from '../use-prompt-ask.ts'
import { AnswerFigures } from './AnswerFigures.tsx'

/** Inputs that are asked for at once. */
const page = 100
/** Attributes are not shown: of all that are longer only the length comes along. */
const holdBack = 1

/** What both versions answered to the same input, input by input. */
export function SameInputs({ prompt, a, b, where }: PairContext) {
  const [at, setAt] = useState(0)
  const judging = useJudging(fileName(prompt))
  const offset = Math.floor(at / page) * page
  const { data, error, again, slow } = usePromptAsk(
    'prompts.matches',
    a && b
      ? {
          sides: [
            { prompt, version: a.version },
            { prompt, version: b.version },
          ],
          ...where,
          offset,
          limit: page,
        }
      : null,
  )
  if (!a || !b) {
    return (
      <EmptyState title="There is one version only" within>
        With two, the inputs that both answered stand here, answer beside answer.
      </EmptyState>
    )
  }
  if (error) return <ErrorNote title="Equal inputs could not be looked for." error={error} retry={again} />
  if (!data) return slow ? <p className={styles.waiting}>Looking for inputs that both met…</p> : null
  if (data.total === 0) {
    return (
      <EmptyState title="The two never met the same input" within>
        No call of {versionWords(a)} has the same variables and user messages as one of {versionWords(b)}. Their traffic
        can be compared as a whole only.
      </EmptyState>
    )
  }
  const group = data.groups[at - offset]
  const [left, right] = group?.calls ?? []
  return (
    <Answers
      key={`${left?.id} ${right?.id}`}
      left={left ?? undefined}
      right={right ?? undefined}
      nameA={versionWords(a)}
      nameB={versionWords(b)}
      place={`Input ${formatCount(at + 1)} of ${formatCount(data.total)}`}
      counts={group?.counts ?? []}
      judging={judging}
      go={by => setAt(Math.max(0, Math.min(data.total - 1, at + by)))}
    />
  )
}

interface Call {
  readonly id: number
  readonly traceId: string
}

interface AnswersProps {
  readonly left: Call | undefined
  readonly right: Call | undefined
  readonly nameA: string
  readonly nameB: string
  readonly place: string
  readonly counts: readonly number[]
  readonly judging: Judging
  readonly go: (by: number) => void
}

function Answers({ left, right, nameA, nameB, place, counts, judging, go }: AnswersProps) {
  const pane = useRef<HTMLDivElement>(null)
  const one = useAsk('spans.read', left ? { id: left.id, holdBack } : null)
  const other = useAsk('spans.read', right ? { id: right.id, holdBack } : null)
  const [spanA, spanB] = [one.data, other.data]
  const before = useMemo(() => spanA && { text: textsOf(spanA).output, name: nameA }, [spanA, nameA])
  const after = useMemo(() => spanB && { text: textsOf(spanB).output, name: nameB }, [spanB, nameB])
  const calls =
    left && right && spanA && spanB
      ? {
          input: `${left.id} ${right.id}`,
          a: { traceId: left.traceId, spanId: spanA.id, version: nameA },
          b: { traceId: right.traceId, spanId: spanB.id, version: nameB },
        }
      : undefined
  const judge = (judgement: Judgement) => {
    if (!calls) return
    const { input, a, b } = calls
    judging.judge(input, { judgement, a, b })
    announce(judging.of(input) === judgement ? 'Not judged' : inputCommands[judgement].title)
  }
  useLayoutEffect(() => {
    if (isFocusFree()) pane.current?.focus()
  }, [])
  useCommands(
    [
      { ...inputCommands.next, run: () => go(1) },
      { ...inputCommands.previous, run: () => go(-1) },
      { ...inputCommands.a, when: () => calls !== undefined, run: () => judge('a') },
      { ...inputCommands.b, when: () => calls !== undefined, run: () => judge('b') },
      { ...inputCommands.tie, when: () => calls !== undefined, run: () => judge('tie') },
      { ...inputCommands.keep, when: () => judging.count > 0, run: judging.keep },
    ],
    { within: pane },
  )
  const judged = calls && judging.of(calls.input)
  const failed = [one, other].find(({ error }) => error)
  const open = () => {
    if (calls) navigate(compareAddress(calls.a, calls.b))
  }
  return (
    <div ref={pane} className={styles.stack} tabIndex={-1}>
      <div className={styles.bar} role="toolbar" aria-label="Inputs">
        <IconButton label={inputCommands.previous.title} onClick={() => go(-1)}>
          <ArrowUp size={13} aria-hidden />
        </IconButton>
        <IconButton label={inputCommands.next.title} onClick={() => go(1)}>
          <ArrowDown size={13} aria-hidden />
        </IconButton>
        <span role="status">{place}</span>
        {counts.length === 2 && (
          <span className={styles.faint}>
            {formatPlural(counts[0]!, 'call')} of A, {counts[1]} of B; the latest of each is shown
          </span>
        )}
        <span role="group" aria-label="Which is better">
          {(['a', 'b', 'tie'] as const).map(one => (
            <button
              key={one}
              type="button"
              className={popup.tool}
              aria-pressed={judged === one}
              disabled={!calls}
              title={`${inputCommands[one].title} (${inputCommands[one].keys[0]})`}
              onClick={() => judge(one)}
            >
              {one === 'tie' ? 'Tie' : `${one.toUpperCase()} better`}
            </button>
          ))}
        </span>
        {judging.count > 0 && (
          <Button onClick={judging.keep} title={inputCommands.keep.title}>
            Keep {formatCount(judging.count)} as scores
          </Button>
        )}
        <button type="button" className={popup.tool} disabled={!spanA || !spanB} onClick={open}>
          Compare all of both
        </button>
      </div>
      {failed?.error && <ErrorNote title="The answers could not be read." error={failed.error} retry={failed.again} />}
      {spanA && spanB && before && after && left && right && (
        <>
          <AnswerFigures a={{ id: left.id, span: spanA }} b={{ id: right.id, span: spanB }} />
          <p className={styles.asked} title="What both were asked">
            {askedWords(spanB)}
          </p>
          <DiffPane
            before={before}
            after={after}
            label="Answer"
            markdown={() =>
              comparisonMarkdown({
                title: place,
                from: nameA,
                to: nameB,
                texts: [{ title: 'Answer', before: before.text, after: after.text }],
                parts: [],
              })
            }
          />
        </>
      )}
    </div>
  )
}

/** What the file of scores is called: letters and digits of the prompt's name. */
function fileName(prompt: string): string {
  return `judged ${prompt
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 80)}.jsonl`
}
