import { useId, useMemo, useRef, useState } from 'react'
import type { NanoDollars } from '../../../../shared/domain/units.ts'
import { formatMoney, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import type { WrittenProfile } from '../../../../shared/contract/replay.ts'
import type { DialectId } from '../../../../shared/replay/types.ts'
import { useCommands } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import dialog from '../../../components/dialog/dialog.module.css'
import { DialogFrame } from '../../../components/dialog/DialogFrame.tsx'
import styles from '../../../components/form/form.module.css'
import type { Plan } from '../model/batch.ts'
import { currentOf, requestName, type Requests } from '../model/requests.ts'
import { readCeiling } from '../model/ceiling.ts'
import { useMost } from '../model/use-most.ts'
import { pathOfParameter, readValues, variantsOf } from '../model/variants.ts'

interface Props {
  /** Row of the logged call. */
  readonly id: number
  readonly requests: Requests
  readonly dialect: DialectId
  readonly model: string | undefined
  /** The connection as the host takes it. */
  readonly profile: WrittenProfile | undefined
  /** Where they go. */
  readonly url: string
  /** Parameters that can be varied, by name. */
  readonly parameters: readonly string[]
  readonly start: (plan: Plan) => void
  readonly close: () => void
}

const most = { repetitions: 100, atOnce: 8, requests: 1000 }

/** Requests, models and values combined, several times each; said in full before the first of them leaves. */
export function SeveralDialog(props: Props) {
  const { id, requests, dialect, model = '', url, profile, parameters, start, close } = props
  const [chosen, setChosen] = useState<readonly number[]>([requests.at])
  const [models, setModels] = useState(model)
  const [parameter, setParameter] = useState('')
  const [values, setValues] = useState('')
  const [repetitions, setRepetitions] = useState('3')
  const [atOnce, setAtOnce] = useState('2')
  const [ceiling, setCeiling] = useState('')
  const known = useId()
  const names = useMemo(() => namesIn(models), [models])
  const varied = readValues(values)
  const isVaried = parameter.trim() !== '' && varied.length > 0
  const variants = useMemo(() => {
    const path = pathOfParameter(parameter, currentOf(requests).now.text, dialect)
    const by = isVaried ? { parameter: { path, values: readValues(values) } } : {}
    const count = chosen.length * names.length * (isVaried ? readValues(values).length : 1)
    return count > most.requests ? [] : variantsOf(requests, dialect, { requests: chosen, models: names, ...by })
  }, [requests, dialect, chosen, names, parameter, values, isVaried])
  const times = Math.min(most.repetitions, Math.max(1, Math.round(Number(repetitions)) || 1))
  const count = chosen.length * names.length * (isVaried ? varied.length : 1) * times
  const { first, all: cost } = useMost(id, variants, profile)
  const capped = readCeiling(ceiling)
  const isCapped = capped.wrong === undefined && capped.dollars !== undefined
  const wrong =
    chosen.length === 0
      ? 'Choose a request.'
      : names.length === 0
        ? 'Name a model.'
        : count > most.requests
          ? `${formatPlural(count, 'request')}: at most ${formatPlural(most.requests, 'request')} at once.`
          : (capped.wrong ?? (isCapped && first !== undefined ? nothingPasses(first, capped.dollars) : undefined))
  const begin = () =>
    start({
      variants,
      repetitions: times,
      atOnce: Math.min(most.atOnce, Math.max(1, Math.round(Number(atOnce)) || 1)),
      ...(isCapped ? { ceiling: capped.dollars / 1e9 } : {}),
    })
  const form = useRef<HTMLFormElement>(null)
  const popup = useRef<HTMLDivElement>(null)
  useCommands(
    // Enter alone begins another line where models are named.
    [
      {
        id: 'replay.sendSeveral',
        title: 'Send them',
        keys: ['Mod+Enter'],
        group: 'Replay',
        inFields: true,
        run: () => form.current?.requestSubmit(),
      },
    ],
    { within: popup },
  )
  const factors = [
    ...(requests.all.length > 1 ? [formatPlural(chosen.length, 'request')] : []),
    formatPlural(names.length, 'model'),
    ...(isVaried ? [formatPlural(varied.length, 'value')] : []),
    `${times} ${times === 1 ? 'time' : 'times'}`,
  ]
  return (
    <DialogFrame title="Send several" ref={popup} className={styles.dialog} close={close}>
      <form
        ref={form}
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          if (wrong === undefined) begin()
        }}
      >
        {requests.all.length > 1 && (
          <fieldset className={styles.choices}>
            <legend>Which requests</legend>
            {requests.all.map((_, at) => (
              // They have no other name than their place.
              // oxlint-disable-next-line react/no-array-index-key
              <label key={at} className={styles.check}>
                <input
                  type="checkbox"
                  checked={chosen.includes(at)}
                  onChange={({ target }) =>
                    setChosen(old =>
                      target.checked ? [...old, at].toSorted((a, b) => a - b) : old.filter(one => one !== at),
                    )
                  }
                />
                {visibleLine(requestName(requests, at), 120)}
              </label>
            ))}
          </fieldset>
        )}
        <label>
          <span>Models, one a line</span>
          <textarea rows={2} spellCheck={false} value={models} onChange={event => setModels(event.target.value)} />
        </label>
        <datalist id={known}>
          {parameters.map(name => (
            <option key={name}>{name}</option>
          ))}
        </datalist>
        <div className={styles.pair}>
          <label>
            <span>Vary a parameter</span>
            <input
              autoComplete="off"
              spellCheck={false}
              placeholder="none"
              list={known}
              value={parameter}
              onChange={event => setParameter(event.target.value)}
            />
          </label>
          <label>
            <span>Its values, with commas between</span>
            <input
              autoComplete="off"
              spellCheck={false}
              placeholder="0, 0.5, 1"
              value={values}
              onChange={event => setValues(event.target.value)}
            />
          </label>
        </div>
        <div className={styles.pair}>
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
        </div>
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
        <p role="status">
          {factors.join(' × ')} = <b>{formatPlural(count, 'request')}</b> to {visibleLine(url, 300)}
          {cost === undefined
            ? ', whose cost is being added up'
            : cost === null
              ? ', at a cost that nobody knows'
              : `, at most ${formatMoney(cost * times)} in all`}
          . One request is one try: nothing is sent twice by itself, and tools are never run.
        </p>
        {wrong === undefined && isCapped && cost === null && (
          <p className={styles.note}>
            Some have no cap of their answer or no price, so nobody knows what one may cost: below a ceiling sending
            ends before the first of those. Add a parameter such as max_tokens.
          </p>
        )}
        {wrong !== undefined && <p role="alert">{visibleLine(wrong, 400)}</p>}
        <div className={dialog.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="primary" disabled={wrong !== undefined}>
            Send {count}
          </Button>
        </div>
      </form>
    </DialogFrame>
  )
}

/** Why not even the first request may be sent below a ceiling: a batch ends with the first one that is refused. */
function nothingPasses(bound: NanoDollars | null, ceiling: NanoDollars): string | undefined {
  if (bound === null)
    return 'Nobody knows what the first of them may cost, so below a ceiling nothing is sent: cap its answer (max_tokens), have a price for its model and no pictures or files in it, or leave the ceiling out.'
  return bound > ceiling
    ? `The first of them may cost up to ${formatMoney(bound)}: below a ceiling of ${formatMoney(ceiling)} nothing is sent.`
    : undefined
}

/** Each once. Where the request names none there is one that has none. */
function namesIn(written: string): readonly string[] {
  return [...new Set(written.split(/[\n,]/).map(name => name.trim()))].filter(Boolean)
}
