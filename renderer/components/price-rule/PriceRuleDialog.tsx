import { useId, useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { useAsk, useClient } from '../../app/view.ts'
import { changeRules, nameOfRule } from '../../state/price-rules.ts'
import { toRequestError } from '../../state/request-error.ts'
import { Button } from '../button/Button.tsx'
import dialog from '../dialog/dialog.module.css'
import { DialogFrame } from '../dialog/DialogFrame.tsx'
import { draftOf, newDraft, readDraft, type RuleDraft } from './draft.ts'
import { PriceFields } from './PriceFields.tsx'
import form from '../form/form.module.css'
import styles from './price-rule.module.css'
import { RepricingPreview } from './RepricingPreview.tsx'
import { Unpriced } from './Unpriced.tsx'

/** A new price, for a model perhaps, or a rule that is there by its place in the file. */
export type PriceToWrite =
  | { readonly model?: string; readonly provider?: string; readonly at?: undefined }
  | { readonly at: number }

interface Props {
  readonly price: PriceToWrite
  readonly close: () => void
}

/** What a model costs by its reader's own word. Nothing changes before it is said what that would be. */
export function PriceRuleDialog({ price, close }: Props) {
  const rules = useAsk('prices.rules', {})
  const title = price.at === undefined ? 'Add a price' : 'Change a price'
  return (
    <DialogFrame title={title} className={form.dialog} close={close}>
      {rules.error && <p role="alert">{rules.error.message}</p>}
      {rules.data?.wrong !== undefined && (
        <p role="alert">
          The file of own prices has a mistake, and is left as it is: {visibleLine(rules.data.wrong, 400)}
        </p>
      )}
      {rules.data && <Form price={price} known={rules.data} close={close} />}
    </DialogFrame>
  )
}

interface FormProps extends Props {
  readonly known: Output<'prices.rules'>
}

function Form({ price, known: first, close }: FormProps) {
  const [known, setKnown] = useState(first)
  const client = useClient()
  const id = useId()
  const models = useAsk('prices.models', {})
  const [was] = useState(() => (price.at === undefined ? undefined : known.rules[price.at]))
  const [draft, setDraft] = useState<RuleDraft>(() => {
    if (was) return draftOf(was)
    return price.at === undefined ? newDraft(price.model, price.provider) : newDraft()
  })
  const [preview, setPreview] = useState<Output<'prices.preview'>>()
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const taken = known.rules.map(rule => rule.id)
  const change = (next: Partial<RuleDraft>) => {
    setDraft(now => ({ ...now, ...next }))
    setPreview(undefined)
    setWrong(undefined)
  }
  const attempt = async (work: (rules: Output<'prices.rules'>['rules'], name: string) => Promise<void>) => {
    const read = readDraft(draft, taken)
    if ('wrong' in read) return setWrong(read.wrong)
    const { rule } = read
    // Another program may have moved it.
    const at = was && known.rules.findIndex(one => JSON.stringify(one) === JSON.stringify(was))
    if (at !== undefined && at < 0)
      return setWrong('This very price was changed or removed elsewhere: close this, and look again.')
    setBusy(true)
    setWrong(undefined)
    const next = at === undefined ? [...known.rules, rule] : known.rules.map((one, i) => (i === at ? rule : one))
    try {
      await work(next, nameOfRule(rule))
    } catch (caught) {
      const error = toRequestError(caught)
      if (error.code === 'prices/changed-elsewhere') setKnown(await client.ask('prices.rules', {}).catch(() => known))
      setWrong(error.message)
    }
    return setBusy(false)
  }
  const look = () => attempt(async rules => setPreview(await client.ask('prices.preview', { rules })))
  const save = (use: boolean) =>
    attempt(async (after, name) => {
      const words = was ? `The price of “${name}” was changed` : `“${name}” has a price`
      await changeRules(client, { words, before: known.rules, after, revision: known.revision, use })
      close()
    })
  const odd = was !== undefined && draft.model.startsWith('{')
  const field = (label: string, name: 'model' | 'provider' | 'currency' | 'note', more: object = {}) => (
    <label>
      <span>{label}</span>
      <input
        className={styles.input}
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        value={draft[name]}
        onChange={event => change({ [name]: event.target.value })}
        {...more}
      />
    </label>
  )
  return (
    <form
      className={form.form}
      onSubmit={event => {
        event.preventDefault()
        void (preview ? save(true) : look())
      }}
    >
      <div className={form.pair}>
        {field('Model; * stands for anything', 'model', {
          list: `${id}-models`,
          placeholder: 'gpt-4o*',
          disabled: odd,
        })}
        {field('Of this provider only', 'provider', { list: `${id}-providers`, placeholder: 'any provider' })}
      </div>
      <datalist id={`${id}-models`}>
        {[...new Set(models.data?.models.map(one => one.model))].slice(0, 200).map(one => (
          <option key={one} value={one}>
            {visibleLine(one, 80)}
          </option>
        ))}
      </datalist>
      <datalist id={`${id}-providers`}>
        {[...new Set(models.data?.models.map(one => one.provider))].slice(0, 200).map(one => (
          <option key={one} value={one}>
            {visibleLine(one, 80)}
          </option>
        ))}
      </datalist>
      {models.data && <Unpriced models={models.data.models} model={draft.model} provider={draft.provider} />}
      <label className={form.check}>
        <input type="checkbox" checked={draft.local} onChange={event => change({ local: event.target.checked })} />
        <span>It runs on own machines: its calls cost nothing</span>
      </label>
      {!draft.local && <PriceFields draft={draft} change={change} />}
      <div className={form.pair}>
        {field('Currency', 'currency', { maxLength: 3 })}
        <label>
          <span>From this day on (UTC)</span>
          <input
            className={styles.input}
            type="date"
            value={draft.from}
            onChange={event => change({ from: event.target.value })}
          />
        </label>
      </div>
      {draft.currency.trim().toUpperCase() !== 'USD' && (
        <p className={form.aside}>Sums are in dollars: calls in another currency are in none, and are counted.</p>
      )}
      {field('Note', 'note')}
      {wrong !== undefined && <p role="alert">{visibleLine(wrong, 600)}</p>}
      {preview && <RepricingPreview preview={preview} />}
      <div className={dialog.actions}>
        <Button onClick={close}>Cancel</Button>
        <Button disabled={busy || known.wrong !== undefined} onClick={() => void save(false)}>
          Save for later
        </Button>
        <Button type="submit" look="primary" disabled={busy || known.wrong !== undefined}>
          {preview ? 'Save and use it' : 'Show what it changes'}
        </Button>
      </div>
    </form>
  )
}
