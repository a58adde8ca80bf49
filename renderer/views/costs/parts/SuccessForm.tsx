import { useState } from 'react'
import { parseQuery } from '../../../../shared/query/parse.ts'
import { successName, type Success } from '../../../../shared/query/success.ts'
import { useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { toRequestError } from '../../../state/request-error.ts'
import { saveSuccess, type Defined } from '../../../state/successes.ts'
import styles from '../costs.module.css'

interface Props {
  /** Undefined: a new one. */
  readonly edited: Defined | undefined
  readonly done: (name: string) => void
}

/** A definition of success: a name, a query, and for which feature. */
export function SuccessForm({ edited, done }: Props) {
  const client = useClient()
  const [name, setName] = useState(edited?.success.name ?? '')
  const [feature, setFeature] = useState(edited?.success.feature ?? '')
  const [query, setQuery] = useState(edited?.success.query ?? '')
  const [wrong, setWrong] = useState<string>()
  const parsed = parseQuery(query)
  const isWhole = name.trim() !== '' && query.trim() !== '' && parsed.ok
  const message = parsed.ok ? wrong : parsed.error.message
  const save = async (): Promise<void> => {
    const success: Success = {
      name: name.trim(),
      query: query.trim(),
      ...(feature.trim() === '' ? {} : { feature: feature.trim() }),
    }
    try {
      await saveSuccess(client, success, edited?.id)
      done(successName(success))
    } catch (caught) {
      setWrong(toRequestError(caught).message)
    }
  }
  const field = (label: string, value: string, change: (text: string) => void, example: string) => (
    <label>
      <span>{label}</span>
      <input
        className={styles.input}
        value={value}
        placeholder={example}
        spellCheck={false}
        maxLength={10_000}
        onChange={event => change(event.target.value)}
      />
    </label>
  )
  return (
    <form
      aria-label={edited ? 'Change a definition' : 'New definition'}
      onSubmit={event => {
        event.preventDefault()
        if (isWhole) void save()
      }}
    >
      {field('Name', name, setName, 'solved')}
      {field('A trace is a success where a span of it matches', query, setQuery, 'score.helpful:>0.5')}
      {field('Of traces of this feature only', feature, setFeature, 'any feature')}
      {message !== undefined && <p role="alert">{message}</p>}
      <span className={styles.buttons}>
        <Button type="submit" look="primary" disabled={!isWhole}>
          {edited ? 'Change it' : 'Define it'}
        </Button>
      </span>
    </form>
  )
}
