import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import type { JsonValue } from '../../../shared/domain/json.ts'
import { dialectOf } from '../../../shared/replay/dialects/index.ts'
import { adjustQuery, useAsk, useClient, useCommands, useDismiss, useRoute } from '../../app/view.ts'
import { announce } from '../../app/announce.ts'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { kept, keptLayout } from '../../state/kept.ts'
import { useStore } from '../../state/store.ts'
import { replayCommands } from './commands.ts'
import { attemptsOf, isGoing } from './model/attempts.ts'
import { formOf } from './model/body-form.ts'
import { addItem, changesOf, chooseModel, isEdited, redoStep, undoStep, writeBody } from './model/draft.ts'
import { useEstimate } from './model/estimate.ts'
import { MissingContext, missingPlaces } from './model/missing.ts'
import type { Original } from './model/original.ts'
import { useDraft } from './model/use-draft.ts'
import type { Plan } from './model/batch.ts'
import { useBatch } from './model/use-batch.ts'
import { SeveralDialog } from './parts/SeveralDialog.tsx'
import { capOf } from './model/cap.ts'
import { Answers } from './parts/Answers.tsx'
import { Departure } from './parts/Departure.tsx'
import { GradeNote } from './parts/GradeNote.tsx'
import { Receipt } from './parts/Receipt.tsx'
import { RequestForm } from './parts/RequestForm.tsx'
import { RequestTools } from './parts/RequestTools.tsx'
import styles from './replay.module.css'

/** 3 MB that load when somebody wants the text. */
const TextEditor = lazy(() => import('../../components/raw-editor/TextEditor.tsx'))

const connectionKey = 'spanwise.replay.connection'

/** A call that can be sent again: what would go out, where to, and what came back. Opening it sends nothing. */
export function Pane({ original }: { readonly original: Original }) {
  const client = useClient()
  const attempts = attemptsOf(client)
  const { query } = useRoute()
  const { id, span } = original
  const pane = useRef<HTMLDivElement>(null)
  const layout = useDefaultLayout({ id: 'replay', storage: keptLayout })
  const saved = useAsk('replay.profiles', {})
  const lock = useAsk('replay.lock', {})
  const [chosen, setChosen] = useState(() => kept.getItem(connectionKey))
  const connection = saved.data?.profiles.find(({ name }) => name === chosen)
  const { request, isCurrent, logged, history, change, error, again } = useDraft(id, connection)
  const [agreed, setAgreed] = useState(false)
  const isRaw = query.get('as') === 'text'
  const sends = useStore(attempts.of(id))
  const [shown, setShown] = useState<string>()
  const [asksSeveral, setAsksSeveral] = useState(false)
  const batch = useBatch(id)
  const selected = sends.find(({ send }) => send === shown) ?? sends[0]
  const going = sends.find(isGoing)
  const draft = history?.now
  const dialect = logged?.dialect
  const form = useMemo(
    () => (draft && dialect ? formOf(draft.text, dialect) : undefined),
    // The text is all that a form is made of.
    // oxlint-disable-next-line react/exhaustive-deps
    [draft?.text, dialect],
  )
  const missing = useMemo(() => missingPlaces(request?.receipt ?? []), [request])
  const model = draft?.model ?? form?.model
  const edited = draft !== undefined && isEdited(draft)
  const cap = dialect && capOf(form, dialectOf(dialect))
  const estimate = useEstimate(
    id,
    { length: logged?.body.length ?? 0, usage: span.usage },
    { length: draft?.text.length ?? 0, model, cap },
  )
  const needsWord = request?.grade === 'C' && !edited && !agreed
  const obstacle = obstacleOf({
    isLocked: lock.data?.locked === true,
    lockedBy: lock.data?.by,
    hasConnection: connection !== undefined,
    lacksKey: connection !== undefined && connection.keyEnv !== undefined && connection.key === undefined,
    needsWord,
    isJson: form !== undefined,
    isKnown: request !== undefined,
  })
  const send = () => {
    if (!draft || !connection || obstacle !== undefined) return announce(obstacle ?? 'There is nothing to send yet')
    announce('Sent')
    setShown(undefined)
    void attempts
      .send({ id, connection: connection.name, model, changes: changesOf(draft), lossy: agreed || edited })
      .then(({ sent, error: failed }) =>
        announce(failed ? `Nothing came: ${failed.message}` : outcomeSpoken[sent!.outcome]),
      )
  }
  const sendSeveral = (plan: Plan) => {
    setAsksSeveral(false)
    if (!history || !dialect || !connection || obstacle !== undefined) return
    batch.start(plan, {
      of: name => ({
        id,
        connection: connection.name,
        model: name,
        changes: changesOf(chooseModel(history, name, dialect).now),
        lossy: agreed || edited,
      }),
      tokens: estimate.tokens,
      cap,
    })
  }
  const stop = () => {
    if (batch.isRunning) return batch.stop()
    const target = selected && isGoing(selected) ? selected : going
    if (target) attempts.cancel(id, target.send)
  }
  const step = (by: 1 | -1) => {
    const at = sends.findIndex(one => one === selected)
    const next = sends[at + by]
    if (next) setShown(next.send)
    else announce(by > 0 ? 'No answer after this' : 'No answer before this')
  }
  const undo = () => change(undoStep)
  const redo = () => change(redoStep)
  const putIn = (items: readonly JsonValue[]) => {
    if (!dialect || items.length === 0) return
    const { conversation } = dialectOf(dialect)
    change(old => addItem(old, [conversation], items.map(item => JSON.stringify(item)).join(', ')))
  }
  const showRaw = (on: boolean) => adjustQuery({ as: on ? 'text' : undefined })
  const isGoingOn = going !== undefined || batch.isRunning
  useDismiss(isGoingOn, stop)
  useCommands(
    [
      { ...replayCommands.send, inFields: true, run: send },
      { ...replayCommands.several, run: () => obstacle === undefined && setAsksSeveral(true) },
      { ...replayCommands.cancel, inFields: true, when: () => isGoingOn, run: stop },
      { ...replayCommands.undo, inFields: true, run: undo },
      { ...replayCommands.redo, inFields: true, run: redo },
      { ...replayCommands.raw, inFields: true, run: () => showRaw(!isRaw) },
      { ...replayCommands.next, inFields: true, run: () => step(1) },
      { ...replayCommands.previous, inFields: true, run: () => step(-1) },
    ],
    { within: pane },
  )
  const choose = (name: string) => {
    kept.setItem(connectionKey, name)
    setChosen(name)
    setAgreed(false)
    saved.again()
  }
  if (error && !logged) return <ErrorNote title="This call cannot be sent again." error={error} retry={again} />
  if (!request || !history || !dialect) return null
  return (
    <div ref={pane} className={styles.pane}>
      <h1 className="spoken">A logged call, sent again</h1>
      <Group
        id="replay"
        orientation="horizontal"
        className={styles.panels}
        {...(layout.defaultLayout ? { defaultLayout: layout.defaultLayout } : {})}
        onLayoutChanged={layout.onLayoutChanged}
      >
        <Panel id="request" minSize={280} defaultSize="52%" className={styles.panel}>
          <section className={styles.request} data-pane="Request" aria-label="Request">
            <RequestTools
              isRaw={isRaw}
              showRaw={showRaw}
              canUndo={history.past.length > 0}
              canRedo={history.future.length > 0}
              undo={undo}
              redo={redo}
              request={request}
            />
            <div className={styles.scroll}>
              <GradeNote request={request} edited={edited} agreed={agreed} agree={setAgreed} />
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
                      onEscape={() =>
                        going ? stop() : pane.current?.querySelector<HTMLElement>('[data-leave]')?.focus()
                      }
                    />
                  </Suspense>
                </div>
              ) : form ? (
                <MissingContext value={missing}>
                  <RequestForm
                    form={form}
                    text={history.now.text}
                    model={model}
                    dialect={dialect}
                    prompt={span.prompt}
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
        </Panel>
        <Separator className={styles.separator} aria-label="Width of the request" />
        <Panel id="answers" minSize={280} className={styles.panel}>
          <Answers
            original={original}
            attempts={sends}
            selected={selected}
            select={setShown}
            stop={stop}
            goOn={{ dialect, putIn }}
          />
        </Panel>
      </Group>
      <Departure
        request={request}
        connections={saved.data}
        reread={saved.again}
        connection={connection}
        choose={choose}
        locked={lock.data}
        rereadLock={lock.again}
        estimate={estimate}
        obstacle={obstacle}
        going={isGoingOn}
        send={send}
        several={() => setAsksSeveral(true)}
        stop={stop}
      />
      {asksSeveral && (
        <SeveralDialog
          model={model}
          url={request.url}
          estimate={estimate}
          start={sendSeveral}
          close={() => setAsksSeveral(false)}
        />
      )}
    </div>
  )
}

const outcomeSpoken = {
  ok: 'Answered',
  incomplete: 'The answer is incomplete',
  refused: 'The provider refused it',
  cancelled: 'Cancelled',
} as const

/** Why nothing can be sent, as a sentence that says what to do. */
function obstacleOf(at: {
  readonly isLocked: boolean
  readonly lockedBy: 'setting' | 'environment' | undefined
  readonly hasConnection: boolean
  readonly lacksKey: boolean
  readonly needsWord: boolean
  readonly isJson: boolean
  readonly isKnown: boolean
}): string | undefined {
  if (at.isLocked)
    return at.lockedBy === 'environment'
      ? 'The environment locks the network; nothing here can open it.'
      : 'The network is locked: unlock it to send.'
  if (!at.hasConnection) return 'Choose or add a connection: no log says where a request goes.'
  if (at.lacksKey) return 'This connection has no key yet: give it one.'
  if (!at.isJson) return 'The body is no JSON object.'
  if (at.needsWord) return 'Something is missing: fill it in, or say that it goes without.'
  return at.isKnown ? undefined : 'The request is being read.'
}
