import { lazy, Suspense, useMemo } from 'react'
import type { ReplayRequest } from '../../../../shared/replay/types.ts'
import type { RequestError } from '../../../state/request-error.ts'
import type { BodyForm } from '../model/body-form.ts'
import { isEdited, redoStep, undoStep, writeBody, type History } from '../model/draft.ts'
import { MissingContext, missingPlaces } from '../model/missing.ts'
import type { Original } from '../model/original.ts'
import type { Requests } from '../model/requests.ts'
import styles from '../replay.module.css'
import { GradeNote } from './GradeNote.tsx'
import { Receipt } from './Receipt.tsx'
import { RequestForm } from './RequestForm.tsx'
import { RequestTabs } from './RequestTabs.tsx'
import { RequestTools } from './RequestTools.tsx'

/** 3 MB that load when somebody wants the text. */
const TextEditor = lazy(() => import('../../../components/raw-editor/TextEditor.tsx'))

interface Props {
  readonly original: Original
  readonly written: {
    readonly request: ReplayRequest
    readonly history: History
    readonly requests: Requests
    readonly isCurrent: boolean
    readonly error: RequestError | undefined
  }
  /** Absent: the body is no JSON object. */
  readonly form: BodyForm | undefined
  readonly model: string | undefined
  readonly isRaw: boolean
  readonly showRaw: (on: boolean) => void
  readonly agreed: boolean
  readonly agree: (agreed: boolean) => void
  readonly change: (change: (history: History) => History) => void
  readonly arrange: (change: (requests: Requests) => Requests) => void
  readonly copy: () => void
  /** Escape in the text. */
  readonly leave: () => void
}

/** What would go out: how true it is to the log, where each field is from, and the body as a form or as its text. */
export function RequestColumn(props: Props) {
  const { original, written, form, model, isRaw, showRaw, agreed, agree, change, arrange, copy, leave } = props
  const { request, history, requests, isCurrent, error } = written
  const { dialect } = request
  const missing = useMemo(() => missingPlaces(request.receipt), [request])
  const undo = () => change(undoStep)
  const redo = () => change(redoStep)
  return (
    <section className={styles.request} data-pane="Request" aria-label="Request">
      <RequestTools
        isRaw={isRaw}
        showRaw={showRaw}
        canUndo={history.past.length > 0}
        canRedo={history.future.length > 0}
        undo={undo}
        redo={redo}
        request={request}
      >
        <RequestTabs requests={requests} arrange={arrange} copy={copy} />
      </RequestTools>
      <div className={styles.scroll}>
        <GradeNote request={request} edited={isEdited(history.now)} agreed={agreed} agree={agree} />
        <Receipt request={request} isCurrent={isCurrent} />
        {error && (
          <p role="alert" className={styles.alert}>
            {error.message}
          </p>
        )}
        {isRaw ? (
          <div className={styles.editor}>
            <Suspense fallback={<p className={styles.waiting}>Loading the editor…</p>}>
              <TextEditor
                text={history.now.text}
                label="Body of the request"
                edits={{ change: text => change(old => writeBody(old, text, dialect)), undo, redo }}
                onEscape={leave}
              />
            </Suspense>
          </div>
        ) : form ? (
          <MissingContext value={missing}>
            <RequestForm
              key={requests.at}
              form={form}
              text={history.now.text}
              model={model}
              dialect={dialect}
              prompt={original.span.prompt}
              change={change}
            />
          </MissingContext>
        ) : (
          <p role="alert" className={styles.alert}>
            The body is no JSON object, so it has no form: its text shows it as it is.
          </p>
        )}
      </div>
    </section>
  )
}
