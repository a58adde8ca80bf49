import { ArrowDown, ArrowUp } from 'lucide-react'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { comparisonMarkdown } from '../../../../shared/diff/markdown.ts'
import { textsOf } from '../../../../shared/diff/span-texts.ts'
import type { Output } from '../../../../shared/contract/index.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { announce } from '../../../app/announce.ts'
import { isFocusFree, navigate, useAsk, useCommands } from '../../../app/view.ts'
import { Button, IconButton } from '../../../components/button/Button.tsx'
import { DiffPane } from '../../../components/diff/DiffPane.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import popup from '../../../components/popup/popup.module.css'
import { compareAddress } from '../../../state/compare-desk.ts'
import { inputCommands } from '../commands.ts'
import type { Judgement } from '../model/judged.ts'
import type { Side } from '../model/sides.ts'
import { askedWords } from '../model/words.ts'
import styles from '../prompts.module.css'
import own from './answers.module.css'
import type { Judging } from '../use-judging.ts'
import { AnswerColumns } from './AnswerColumns.tsx'
import { AnswerFigures } from './AnswerFigures.tsx'

/** Attributes are not shown: of all that are longer only the length comes along. */
export const holdBack = 1

interface Props {
  readonly sides: readonly Side[]
  readonly group: Output<'prompts.matches'>['groups'][number]
  /** What near means. */
  readonly near: string
  readonly place: string
  readonly judging: Judging
  readonly go: (by: number) => void
}

/** What was answered to one input: all side by side where there are more than two, and two of them compared. */
export function Answers({ sides, group, near, place, judging, go }: Props) {
  const pane = useRef<HTMLDivElement>(null)
  const there = useMemo(
    () =>
      sides.flatMap((side, i) => {
        const call = group.calls[i]
        return call ? [{ side, call, count: group.counts[i] ?? 1 }] : []
      }),
    [sides, group],
  )
  const [chosen, setChosen] = useState(1)
  const first = there[0]
  const second = there[Math.min(chosen, there.length - 1)]
  const [left, right] = [first?.call, second?.call]
  const [nameA, nameB] = [first?.side.words ?? '', second?.side.words ?? '']
  const letters = [first?.side.letter ?? 'A', second?.side.letter ?? 'B'] as const
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
  const nextAnswer = () => setChosen(old => (old % (there.length - 1)) + 1)
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
      { ...inputCommands.other, when: () => there.length > 2, run: nextAnswer },
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
        {group.likeness !== undefined && (
          <span className={styles.mark} title={near}>
            near, {Math.floor(group.likeness * 100)} % alike
          </span>
        )}
        <span className={styles.faint}>
          {there.map(({ side, count }) => `${side.letter} ${formatPlural(count, 'call')}`).join(', ')}; the latest of
          each is shown
        </span>
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
              {one === 'tie' ? 'Tie' : `${letters[one === 'a' ? 0 : 1]} better`}
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
      {there.length > 2 && <AnswerColumns answers={there} chosen={there.indexOf(second!)} choose={setChosen} />}
      {failed?.error && <ErrorNote title="The answers could not be read." error={failed.error} retry={failed.again} />}
      {spanA && spanB && before && after && left && right && (
        <>
          <AnswerFigures a={{ id: left.id, span: spanA }} b={{ id: right.id, span: spanB }} letters={letters} />
          <p className={own.asked} title={group.likeness === undefined ? 'What both were asked' : near}>
            {group.likeness === undefined ? (
              askedWords(spanB)
            ) : (
              <>
                <b>{letters[0]}</b> {askedWords(spanA)}
                <br />
                <b>{letters[1]}</b> {askedWords(spanB)}
              </>
            )}
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
