import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Prompt } from '../../../../shared/domain/message.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { announce } from '../../../app/announce.ts'
import { Button } from '../../../components/button/Button.tsx'
import type { BodyForm } from '../model/body-form.ts'
import { editValue, together, type History } from '../model/draft.ts'
import { filledTexts, loggedVariables, refill, textsWith, type FilledText } from '../model/variables.ts'
import styles from '../replay.module.css'
import look from './body-form.module.css'
import { ShortInput } from './ShortInput.tsx'

interface Props {
  readonly form: BodyForm
  readonly prompt: Prompt | undefined
  readonly change: (change: (history: History) => History) => void
}

const none: readonly FilledText[] = []

/** Values that texts of the body are filled in with: those of the log's template, and of places that a person named. */
export function Variables({ form, prompt, change }: Props) {
  const [own, setOwn] = useState(none)
  const texts = filledTexts(form, prompt, own)
  const names = [...new Set(texts.flatMap(({ values }) => Object.keys(values)))]
  const lost = loggedVariables(prompt).filter(name => !names.includes(name))
  const put = (name: string, value: string) => {
    const made = texts.map(one => (Object.hasOwn(one.values, name) ? refill(one, name, value) : undefined))
    change(old => {
      const edited = (history: History) =>
        made.reduce((before, one) => (one ? editValue(before, one.filled.path, one.json) : before), history)
      // Typing on in one place is one step.
      return made.filter(Boolean).length > 1 ? together(old, edited) : edited(old)
    })
    setOwn(texts.map((one, i) => made[i]?.filled ?? one))
  }
  return (
    <section className={styles.section} aria-label="Variables">
      <h2>Variables</h2>
      {names.map(name => (
        <label key={name} className={look.field}>
          <span className={look.fieldName}>{visibleLine(name, 80)}</span>
          <textarea
            className={look.text}
            aria-label={`Variable ${visibleLine(name, 80)}`}
            spellCheck={false}
            value={texts.find(({ values }) => Object.hasOwn(values, name))!.values[name]}
            onChange={event => put(name, event.target.value)}
          />
        </label>
      ))}
      {lost.length > 0 && (
        <p className={styles.note}>
          No text is as the template gives it, so nothing can be put in for {visibleLine(lost.join(', '), 300)}. Undo
          brings back what an edit changed.
        </p>
      )}
      <AddVariable
        taken={names}
        add={(name, words) => {
          const made = textsWith(form, texts, name, words)
          if (made.length === 0) return announce('These words stand in no text of the request')
          setOwn([
            ...texts.filter(one => !made.some(({ path }) => path.join('\u0000') === one.path.join('\u0000'))),
            ...made,
          ])
        }}
      />
    </section>
  )
}

interface AddProps {
  readonly taken: readonly string[]
  readonly add: (name: string, words: string) => void
}

/** Words of the messages, under a name: written over in one place, they change wherever they stand. */
function AddVariable({ taken, add }: AddProps) {
  const [name, setName] = useState('')
  const [words, setWords] = useState('')
  const isNew = /^[\w.-]+$/.test(name.trim()) && !taken.includes(name.trim())
  return (
    <form
      className={look.add}
      onSubmit={event => {
        event.preventDefault()
        if (!isNew) return
        add(name.trim(), words)
        setName('')
        setWords('')
      }}
    >
      <ShortInput label="Name of a variable to add" placeholder="name" value={name} change={setName} />
      <ShortInput
        label="Words of the request that it stands for"
        placeholder="words that it stands for"
        value={words}
        change={setWords}
      />
      <Button type="submit" look="quiet" disabled={!isNew || words === ''}>
        <Plus aria-hidden="true" /> Variable
      </Button>
    </form>
  )
}
