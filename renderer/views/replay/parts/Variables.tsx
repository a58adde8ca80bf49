import { useState } from 'react'
import type { Prompt } from '../../../../shared/domain/message.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import type { BodyForm } from '../model/body-form.ts'
import { filledText, refill } from '../model/variables.ts'
import styles from '../replay.module.css'

interface Props {
  readonly form: BodyForm
  readonly prompt: Prompt | undefined
  readonly set: (path: readonly string[], value: string) => void
}

/** The values of a template, as long as its text stands in the body as the template gives it. */
export function Variables({ form, prompt, set }: Props) {
  const [values, setValues] = useState<{ readonly [name: string]: string }>()
  const filled = filledText(form, prompt, values) ?? filledText(form, prompt)
  if (!filled) return null
  return (
    <section className={styles.section} aria-label="Variables">
      <h2>Variables</h2>
      {Object.entries(filled.values).map(([name, value]) => (
        <label key={name} className={styles.field}>
          <span className={styles.fieldName}>{visibleLine(name, 80)}</span>
          <textarea
            className={styles.text}
            aria-label={`Variable ${visibleLine(name, 80)}`}
            spellCheck={false}
            value={value}
            onChange={event => {
              set(filled.path, refill(filled, name, event.target.value))
              setValues({ ...filled.values, [name]: event.target.value })
            }}
          />
        </label>
      ))}
    </section>
  )
}
