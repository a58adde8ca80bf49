import { lazy, Suspense, useMemo, useState } from 'react'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import type { Place } from '../../../../shared/replay/json-edit.ts'
import type { ReplayRequest } from '../../../../shared/replay/types.ts'
import { Button } from '../../../components/button/Button.tsx'
import { bodyMarks } from '../model/body-marks.ts'
import { redoStep, undoStep, writeBody, type Draft, type History } from '../model/draft.ts'
import styles from '../replay.module.css'

/** 3 MB that load when somebody wants the text. */
const TextEditor = lazy(() => import('../../../components/raw-editor/TextEditor.tsx'))

interface Props {
  readonly draft: Draft
  readonly request: ReplayRequest
  /** The logged body that the draft was made of. */
  readonly logged: string
  readonly change: (change: (history: History) => History) => void
  /** A place that somebody wants to see. */
  readonly goTo: Place | undefined
  /** Escape in the text. */
  readonly leave: () => void
}

/** Marks that are listed below the text. */
const most = 20

/** The body as its text; what is missing, wrong or written here is marked in it, and listed below it. */
export function BodyText({ draft, request, logged, change, goTo, leave }: Props) {
  const [wanted, setWanted] = useState<{ readonly of: Place | undefined; readonly place: Place }>()
  const marks = useMemo(() => bodyMarks(draft, logged, request.receipt), [draft, logged, request])
  const listed = marks.filter(({ kind }) => kind !== 'edited')
  const edits = useMemo(
    () => ({
      change: (text: string) => change(old => writeBody(old, text, request.dialect)),
      undo: () => change(undoStep),
      redo: () => change(redoStep),
    }),
    [change, request.dialect],
  )
  return (
    <>
      <div className={styles.editor}>
        <Suspense fallback={<p className={styles.waiting}>Loading the editor…</p>}>
          <TextEditor
            text={draft.text}
            label="Body of the request"
            edits={edits}
            marks={marks}
            goTo={wanted && wanted.of === goTo ? wanted.place : goTo}
            onEscape={leave}
          />
        </Suspense>
      </div>
      {listed.length > 0 && (
        <ul className={styles.mends} aria-label="Marked in the text">
          {listed.slice(0, most).map(({ start, end, kind, words }) => (
            <li key={`${start} ${words}`}>
              <span>
                {kind === 'wrong' ? '✕ No JSON' : '⚠ Not as it was sent'}, line {formatCount(lineOf(draft.text, start))}
                : {visibleLine(words, 200)}
              </span>
              <Button look="quiet" onClick={() => setWanted({ of: goTo, place: { start, end } })}>
                Go there
              </Button>
            </li>
          ))}
          {listed.length > most && <li>{formatPlural(listed.length - most, 'further place')} not listed.</li>}
        </ul>
      )}
    </>
  )
}

function lineOf(text: string, at: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++
  return line
}
