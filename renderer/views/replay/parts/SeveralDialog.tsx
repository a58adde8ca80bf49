import { Dialog } from '@base-ui/react/dialog'
import { useState } from 'react'
import { formatMoney, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { Button } from '../../../components/button/Button.tsx'
import styles from '../../../components/connections/connections.module.css'
import dialog from '../../../components/dialog/dialog.module.css'
import type { Plan } from '../model/batch.ts'
import type { Estimate } from '../model/estimate.ts'

interface Props {
  readonly model: string | undefined
  /** Where they go. */
  readonly url: string
  /** Of one request to the model of the form. */
  readonly estimate: Estimate | undefined
  readonly start: (plan: Plan) => void
  readonly close: () => void
}

const most = { repetitions: 100, atOnce: 8, requests: 1000 }

/** One request to several models, several times each; said in full before the first of them leaves. */
export function SeveralDialog({ model = '', url, estimate, start, close }: Props) {
  const [models, setModels] = useState(model)
  const [repetitions, setRepetitions] = useState('3')
  const [atOnce, setAtOnce] = useState('2')
  const [ceiling, setCeiling] = useState('')
  const names = [...new Set(models.split(/[\n,]/).map(name => name.trim()))].filter(Boolean)
  const times = Math.min(most.repetitions, Math.max(1, Math.round(Number(repetitions)) || 1))
  const count = names.length * times
  const dollars = Number(ceiling)
  const isCapped = ceiling.trim() !== ''
  const wrong =
    names.length === 0
      ? 'Name a model.'
      : count > most.requests
        ? `At most ${formatPlural(most.requests, 'request')} at once.`
        : isCapped && !(dollars > 0)
          ? 'The ceiling is an amount of dollars.'
          : undefined
  const begin = () =>
    start({
      models: names,
      repetitions: times,
      atOnce: Math.min(most.atOnce, Math.max(1, Math.round(Number(atOnce)) || 1)),
      ...(isCapped ? { ceiling: dollars * 1e9 } : {}),
    })
  const isOne = names.length === 1 && names[0] === model
  return (
    <Dialog.Root open onOpenChange={open => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={styles.dialog}>
          <Dialog.Title className={dialog.title}>Send several</Dialog.Title>
          <form
            className={styles.form}
            onSubmit={event => {
              event.preventDefault()
              if (wrong === undefined) begin()
            }}
          >
            <label>
              <span>Models, one a line</span>
              <textarea rows={3} spellCheck={false} value={models} onChange={event => setModels(event.target.value)} />
            </label>
            <div className={styles.row}>
              <label>
                <span>Times each</span>
                <input
                  type="number"
                  min={1}
                  max={most.repetitions}
                  value={repetitions}
                  onChange={event => setRepetitions(event.target.value)}
                />
              </label>
              <label>
                <span>At the same time</span>
                <input
                  type="number"
                  min={1}
                  max={most.atOnce}
                  value={atOnce}
                  onChange={event => setAtOnce(event.target.value)}
                />
              </label>
              <label>
                <span>Never more than, in dollars</span>
                <input
                  inputMode="decimal"
                  placeholder="no ceiling"
                  autoComplete="off"
                  value={ceiling}
                  onChange={event => setCeiling(event.target.value)}
                />
              </label>
            </div>
            <p>
              {formatPlural(count, 'request')} to <b>{visibleLine(url, 300)}</b>
              {isOne && estimate?.cost !== undefined && (
                <>
                  , {estimate.isBound ? 'up to' : 'about'} {formatMoney(estimate.cost * count)} in all
                </>
              )}
              . One Send is one request: nothing is tried again, and tools are never run.
            </p>
            {isCapped && !(estimate?.isBound ?? false) && (
              <p className={styles.note}>
                The request does not cap its answer, so nobody knows what one may cost: below a ceiling nothing is sent.
                Add a parameter such as max_tokens.
              </p>
            )}
            {wrong !== undefined && <p role="alert">{wrong}</p>}
            <div className={dialog.actions}>
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" look="primary" disabled={wrong !== undefined}>
                Send {count}
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
