import { useEffect, useMemo, useRef, useState } from 'react'
import { formatTime } from '../../../shared/format/times.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { dialectOf } from '../../../shared/replay/dialects/index.ts'
import { adjustQuery, useAsk, useClient, useCommands, useDismiss, useRoute } from '../../app/view.ts'
import { announce } from '../../app/announce.ts'
import { loadDiffEditor } from '../../components/diff/DiffPane.tsx'
import { useStore } from '../../state/store.ts'
import { tell } from '../../state/undo.ts'
import { useLatest } from '../../state/use-latest.ts'
import { whenIdle } from '../../state/when-idle.ts'
import { replayCommands } from './commands.ts'
import { attemptsOf, isGoing, withEarlier } from './model/attempts.ts'
import type { Plan } from './model/batch.ts'
import { formOf } from './model/body-form.ts'
import { addItem, changesOf, isWritten, redoStep, undoStep } from './model/draft.ts'
import { useEstimate } from './model/estimate.ts'
import { obstacleOf } from './model/obstacle.ts'
import type { Original } from './model/original.ts'
import { duplicate, mostRequests, requestName } from './model/requests.ts'
import { chosenOf, type Chosen } from './model/runs.ts'
import { useBatch } from './model/use-batch.ts'
import type { Connecting } from './model/use-connection.ts'
import { usePromptRequests } from './model/use-prompt-requests.ts'
import { useReplayChanged } from './model/use-replay-changed.ts'
import type { KnownRequest } from './model/use-requests.ts'
import { Answers } from './parts/Answers.tsx'
import { Columns, type ColumnId } from './parts/Columns.tsx'
import { Departure } from './parts/Departure.tsx'
import { Logged } from './parts/Logged.tsx'
import { RequestColumn } from './parts/RequestColumn.tsx'
import { SeveralDialog } from './parts/SeveralDialog.tsx'
import styles from './replay.module.css'

/** Pixels from which the logged answer has a column of its own, and below which there is room for one column. */
const [wide, narrow] = [1240, 720]

/** Answers of earlier windows that are listed. */
const mostEarlier = 200

const none: readonly never[] = []

interface Props {
  readonly original: Original
  readonly connecting: Connecting
  readonly written: KnownRequest
  /** Pixels that there are for it. */
  readonly width: number
}

/** A call that can be sent again: what would go out, where to, and what came back. Opening it sends nothing. */
export function Pane({ original, connecting, written, width }: Props) {
  const attempts = attemptsOf(useClient())
  const { query } = useRoute()
  const { id, span } = original
  const { saved, lock, connection, isComing, choose } = connecting
  const { request, isCurrent, logged, history, change, requests, arrange, error } = written
  const answers = useAsk('replay.answers', { id, limit: mostEarlier })
  useReplayChanged(answers.again)
  const earlier = answers.data
  const [agreed, setAgreed] = useState(false)
  const [chosen, setChosen] = useState<Chosen>()
  const [column, setColumn] = useState<ColumnId>('request')
  /** Is sent as soon as the connection that was just chosen is known. */
  const waits = useRef(false)
  const [asksSeveral, setAsksSeveral] = useState(false)
  const batch = useBatch(id)
  const mine = useStore(attempts.of(id))
  const sends = useMemo(() => withEarlier(mine, earlier?.answers ?? none), [mine, earlier])
  const going = mine.find(isGoing)
  const draft = history.now
  const { dialect } = logged
  const { text } = draft
  const form = useMemo(() => formOf(text, dialect), [text, dialect])
  const model = draft.model ?? form?.model
  const edited = isWritten(draft)
  const measured = { length: logged.body.length, usage: span.usage }
  const estimate = useEstimate(id, measured, { draft, isCurrent, profile: written.profile, model })
  const tryPrompt = usePromptRequests(id, written)
  const obstacle = obstacleOf({
    isLocked: lock.data?.locked === true,
    lockedBy: lock.data?.by,
    hasConnection: connection !== undefined,
    lacksKey: connection?.keyEnv !== undefined && connection.key === undefined,
    needsWord: request.grade === 'C' && !edited && !agreed,
    isJson: form !== undefined,
  })
  const send = () => {
    waits.current = isComing
    if (isComing) return
    if (!connection || obstacle !== undefined) return announce(obstacle ?? 'There is nothing to send yet')
    announce('Sent')
    setChosen(undefined)
    setColumn('answers')
    const variant = requests.all.length > 1 ? { variant: requestName(requests, requests.at) } : {}
    void attempts
      .send({ id, connection: connection.name, model, changes: changesOf(draft), lossy: agreed || edited, ...variant })
      .then(({ sent, error: failed }) => {
        announce(failed ? `Nothing came: ${failed.message}` : outcomeSpoken[sent!.outcome])
        // What refused it may have been done elsewhere: the lock by the command line.
        if (failed) for (const { again } of [saved, lock]) again()
        return undefined
      })
  }
  const sendNow = useLatest(send)
  useEffect(() => {
    if (!isComing && waits.current) sendNow.current()
  }, [isComing, sendNow])
  const sendSeveral = (plan: Plan) => {
    setAsksSeveral(false)
    if (!connection || obstacle !== undefined) return
    setChosen(undefined)
    setColumn('answers')
    batch.start(plan, connection.name, agreed)
  }
  const shown = chosenOf(sends, chosen)
  const attempt = shown !== undefined && shown !== 'logged' && 'send' in shown ? shown : undefined
  const stop = () => {
    if (batch.isRunning) return batch.stop()
    const stoppable = mine.filter(one => isGoing(one) && !one.isStopping)
    const target = stoppable.find(one => one === attempt) ?? stoppable[0]
    if (!target) return
    attempts.cancel(id, target.send)
    const others = stoppable.length - 1
    if (others > 0)
      tell(
        `Stopping what was sent at ${formatTime(target.at * 1000)} (${visibleLine(target.model ?? target.connection, 60)}); ${others} still on the way`,
      )
  }
  const step = (by: 1 | -1) => {
    const next = sends[sends.findIndex(one => one === attempt) + by]
    if (next) setChosen({ send: next.send })
    else announce(by > 0 ? 'No answer after this' : 'No answer before this')
  }
  const copy = () => {
    if (requests.all.length >= mostRequests) return announce(`${mostRequests} requests are the most`)
    arrange(duplicate)
    announce('Another request like this one')
  }
  // Loaded while one writes, the first answer does not wait for it; nor does what one went on to.
  useEffect(() => {
    let isHere = true
    whenIdle(() => isHere && loadDiffEditor())
    return () => {
      isHere = false
    }
  }, [])
  const isRaw = query.get('as') === 'text'
  const showRaw = (on: boolean) => adjustQuery({ as: on ? 'text' : undefined })
  const undo = () => change(undoStep)
  const redo = () => change(redoStep)
  const isGoingOn = going !== undefined || batch.isRunning
  useDismiss(isGoingOn, stop)
  const sendByKey = () => (isInDialog() ? tell('Nothing is sent while a dialog is open', true) : send())
  // Wherever focus is: a click beside the fields leaves it on the view around this pane.
  useCommands([
    { ...replayCommands.send, inFields: true, inDialogs: true, run: sendByKey },
    { ...replayCommands.several, run: () => obstacle === undefined && setAsksSeveral(true) },
    { ...replayCommands.duplicate, inFields: true, run: copy },
    { ...replayCommands.cancel, inFields: true, when: () => isGoingOn, run: stop },
    { ...replayCommands.undo, inFields: true, run: undo },
    { ...replayCommands.redo, inFields: true, run: redo },
    { ...replayCommands.raw, inFields: true, run: () => showRaw(!isRaw) },
    { ...replayCommands.next, inFields: true, run: () => step(1) },
    { ...replayCommands.previous, inFields: true, run: () => step(-1) },
  ])
  const { conversation } = dialectOf(dialect)
  const logColumn = {
    id: 'original',
    title: 'Original',
    size: '24%',
    content: (
      <section className={styles.answers} data-pane="Original" aria-label="Original">
        <Logged original={original} />
      </section>
    ),
  } as const
  const isWide = width >= wide
  const columns = [
    ...(isWide || width < narrow ? [logColumn] : []),
    {
      id: 'request',
      title: 'Request',
      size: isWide ? '40%' : '52%',
      content: (
        <RequestColumn
          original={original}
          written={{ request, history, requests, isCurrent, error }}
          form={form}
          model={model}
          isRaw={isRaw}
          showRaw={showRaw}
          agreed={agreed}
          agree={setAgreed}
          change={change}
          arrange={arrange}
          copy={copy}
          tryPrompt={tryPrompt}
          stop={isGoingOn ? stop : undefined}
        />
      ),
    } as const,
    {
      id: 'answers',
      title: 'Answers',
      size: isWide ? '36%' : '48%',
      content: (
        <Answers
          original={original}
          withLogged={!isWide && width >= narrow}
          attempts={sends}
          more={earlier?.more === true}
          chosen={chosen}
          choose={setChosen}
          stop={stop}
          goOn={{
            dialect,
            putIn: items => {
              if (items.length > 0)
                change(old => addItem(old, [conversation], items.map(item => JSON.stringify(item)).join(', ')))
            },
          }}
        />
      ),
    } as const,
  ]
  return (
    <>
      <h1 className="spoken">A logged call, sent again</h1>
      <Columns columns={columns} isNarrow={width < narrow} shown={column} show={setColumn} />
      <Departure
        request={request}
        connections={saved.data}
        reread={saved.again}
        connection={connection}
        choose={name => {
          choose(name)
          setAgreed(false)
        }}
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
          id={id}
          requests={requests}
          dialect={dialect}
          model={model}
          profile={written.profile}
          url={request.url}
          parameters={[...(form?.parameters.map(({ path }) => path) ?? []), ...(form?.unsaid ?? [])].map(path =>
            path.join('.'),
          )}
          start={sendSeveral}
          close={() => setAsksSeveral(false)}
        />
      )}
    </>
  )
}

function isInDialog(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog]') !== null
}

const outcomeSpoken = {
  ok: 'Answered',
  incomplete: 'The answer is incomplete',
  refused: 'The provider refused it',
  cancelled: 'Cancelled',
} as const
