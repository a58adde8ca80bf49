import { useMemo, useRef, useState } from 'react'
import { valueAt, type Place } from '../../../../shared/replay/json-edit.ts'
import type { ReplayRequest } from '../../../../shared/replay/types.ts'
import type { RequestError } from '../../../state/request-error.ts'
import { useArrivalFocus } from '../../../app/view.ts'
import { pathOf } from '../model/body-marks.ts'
import type { BodyForm } from '../model/body-form.ts'
import { isWritten, redoStep, undoStep, type History } from '../model/draft.ts'
import { MissingContext, missingPlaces } from '../model/missing.ts'
import type { Original } from '../model/original.ts'
import type { PromptToTry } from '../model/prompt-requests.ts'
import type { Requests } from '../model/requests.ts'
import styles from '../replay.module.css'
import { BodyText } from './BodyText.tsx'
import { GradeNote } from './GradeNote.tsx'
import { Mends } from './Mends.tsx'
import { PromptMenu } from './PromptMenu.tsx'
import { Receipt } from './Receipt.tsx'
import { RequestForm } from './RequestForm.tsx'
import { RequestTabs } from './RequestTabs.tsx'
import { RequestTools } from './RequestTools.tsx'

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
  readonly tryPrompt: (tried: PromptToTry) => void
  /** Escape in the text stops what is being sent; while nothing is it leaves the text. */
  readonly stop: (() => void) | undefined
}

/** What would go out: how true it is to the log, where each field is from, and the body as a form or as its text. */
export function RequestColumn(props: Props) {
  const { original, written, form, model, isRaw, showRaw, agreed, agree, change, arrange, copy, tryPrompt, stop } =
    props
  const { request, history, requests, isCurrent, error } = written
  const { dialect } = request
  const column = useRef<HTMLElement>(null)
  useArrivalFocus(column)
  const leave = stop ?? (() => column.current?.querySelector<HTMLElement>('[data-leave]')?.focus())
  const [goTo, setGoTo] = useState<Place>()
  const missing = useMemo(() => missingPlaces(request.receipt), [request])
  const undo = () => change(undoStep)
  const redo = () => change(redoStep)
  return (
    <section ref={column} tabIndex={-1} className={styles.request} data-pane="Request" aria-label="Request">
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
        <PromptMenu prompt={original.span.prompt} tryPrompt={tryPrompt} />
      </RequestTools>
      <div className={styles.scroll}>
        <GradeNote request={request} edited={isWritten(history.now)} agreed={agreed} agree={agree} />
        <Receipt
          request={request}
          isCurrent={isCurrent}
          placeOf={field => valueAt(history.now.text, pathOf(field))}
          open={place => {
            setGoTo({ ...place })
            showRaw(true)
          }}
        />
        <Mends request={request} text={history.now.text} body={form?.body} change={change} />
        {error && (
          <p role="alert" className={styles.alert}>
            {error.message}
          </p>
        )}
        {isRaw ? (
          <BodyText
            draft={history.now}
            request={request}
            logged={requests.of}
            change={change}
            goTo={goTo}
            leave={leave}
          />
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
