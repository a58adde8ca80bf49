import { Plus, Trash2 } from 'lucide-react'
import { memo, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Prompt } from '../../../../shared/domain/message.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import type { DialectId } from '../../../../shared/replay/types.ts'
import { Button, IconButton } from '../../../components/button/Button.tsx'
import { FarRows } from '../../../components/far-rows/FarRows.tsx'
import type { BodyForm, Field, MessageForm } from '../model/body-form.ts'
import { addItem, chooseModel, editValue, type History } from '../model/draft.ts'
import { addOutput } from '../model/additions.ts'
import { newMessage } from '../model/new-message.ts'
import styles from '../replay.module.css'
import look from './body-form.module.css'
import { Variables } from './Variables.tsx'
import { FieldEditor } from './FieldEditor.tsx'
import { ShortInput } from './ShortInput.tsx'
import { ToolsForm } from './ToolsForm.tsx'

interface Props {
  readonly form: BodyForm
  readonly text: string
  readonly model: string | undefined
  readonly dialect: DialectId
  /** What the log says the messages were made from. */
  readonly prompt: Prompt | undefined
  readonly change: (change: (history: History) => History) => void
}

type Set = (path: readonly string[], value: string | undefined) => void

/** The body with a control for each of its values. Taken as they come: a name that nobody knows has a control too. */
export function RequestForm({ form, text, model, dialect, prompt, change }: Props) {
  const set = useMemo<Set>(() => (path, value) => change(old => editValue(old, path, value)), [change])
  const { system, messages, conversation } = form
  const id = useId()
  // What stands below the messages comes right after them: what is read first is there first.
  const isWhole = useDeferredValue(true, false)
  const guess = (from: number, to: number) => messages.slice(from, to).reduce((sum, one) => sum + heightOf(one), 0)
  const add = () => change(old => addItem(old, conversation, JSON.stringify(newMessage(dialect))))
  return (
    <div className={styles.form}>
      <label className={look.field} htmlFor={id}>
        <span className={look.fieldName}>model</span>
        <ShortInput
          id={id}
          label="Model"
          placeholder="not in the log: say which to ask"
          value={model ?? ''}
          change={name => change(old => chooseModel(old, name, dialect))}
        />
      </label>
      <Variables form={form} prompt={prompt} change={change} />
      {system.length > 0 && <Fields title="System" fields={system} text={text} set={set} />}
      <section className={styles.section} aria-label="Messages">
        <h2>
          Messages <small>{formatCount(messages.length)}</small>
        </h2>
        <FarRows count={messages.length} guess={guess}>
          {i => {
            const message = messages[i]!
            return <Message key={message.path.join('.')} number={i + 1} message={message} text={text} set={set} />
          }}
        </FarRows>
        <Button look="quiet" onClick={add}>
          <Plus aria-hidden="true" /> Message
        </Button>
      </section>
      {isWhole && <Below {...{ form, text, dialect, set, change }} />}
    </div>
  )
}

type BelowProps = Pick<Props, 'form' | 'text' | 'dialect' | 'change'> & { readonly set: Set }

/** Tools, parameters and the form of the answer. */
function Below({ form: { body, tools, output, parameters, unsaid }, text, dialect, set, change }: BelowProps) {
  const section = useRef<HTMLElement>(null)
  const added = useRef<string>(undefined)
  // One names a parameter to give it a value, and its control comes with the next reading of the body.
  useEffect(() => {
    const label = parameters.map(({ path }) => path.join('.')).find(name => name === added.current)
    if (label === undefined) return
    added.current = undefined
    const controls = section.current?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea') ?? []
    const control = [...controls].find(one => one.getAttribute('aria-label') === label)
    control?.focus()
    control?.select()
  }, [parameters])
  const add: Set = (path, value) => {
    added.current = path.join('.')
    set(path, value)
  }
  return (
    <>
      <ToolsForm tools={tools} body={body} text={text} dialect={dialect} set={set} change={change} />
      <section ref={section} className={styles.section} aria-label="Parameters">
        <h2>Parameters</h2>
        {parameters.map(field => (
          <FieldEditor
            key={field.path.join('.')}
            field={field}
            text={text}
            label={field.path.join('.')}
            set={set}
            canRemove
          />
        ))}
        <AddParameter unsaid={unsaid} set={add} />
      </section>
      {output.length > 0 ? (
        <Fields title="Form of the answer" fields={output} text={text} set={set} canRemove />
      ) : (
        <Button look="quiet" className={look.addition} onClick={() => change(old => addOutput(old, dialect))}>
          <Plus aria-hidden="true" /> Form of the answer
        </Button>
      )}
    </>
  )
}

/** Pixels, about: texts grow with what stands in them, to a limit. */
function heightOf({ fields }: MessageForm): number {
  return fields.reduce((sum, { kind, value }) => sum + (kind === 'text' ? textHeight(value as string) : 30), 44)
}

function textHeight({ length }: string): number {
  return Math.min(320, 8 + Math.ceil(length / 70) * 18)
}

interface FieldsProps {
  readonly title: string
  readonly fields: readonly Field[]
  readonly text: string
  readonly set: Set
  readonly canRemove?: boolean
}

function Fields({ title, fields, text, set, canRemove = false }: FieldsProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2>
        {title} {fields.length > 1 && <small>{formatCount(fields.length)}</small>}
      </h2>
      {fields.map(field => (
        <FieldEditor
          key={field.path.join('.')}
          field={field}
          text={text}
          label={`${title}: ${visibleLine(field.label, 80)}`}
          set={set}
          canRemove={canRemove}
        />
      ))}
    </section>
  )
}

interface MessageProps {
  readonly number: number
  readonly message: MessageForm
  readonly text: string
  readonly set: Set
}

/** Rendered again only where it changed: the body it read its values from may be an older one that has the same. */
const Message = memo(MessageEditor, (a, b) => a.set === b.set && sameMessage(a.message, b.message))

function MessageEditor({ number, message: { path, role, fields }, text, set }: MessageProps) {
  const name = `${role || 'no role'} message ${number}`
  return (
    <article className={look.message} aria-label={name} data-role={role}>
      <header>
        <b>{visibleLine(role, 40) || '(no role)'}</b> <span className={styles.faint}>{formatCount(number)}</span>
        <IconButton label={`Take out ${name}`} onClick={() => set(path, undefined)}>
          <Trash2 aria-hidden="true" />
        </IconButton>
      </header>
      {fields.map(field => (
        <FieldEditor
          key={field.path.join('.')}
          field={field}
          text={text}
          label={`${name}, ${visibleLine(field.label, 80)}`}
          set={set}
        />
      ))}
    </article>
  )
}

/** Each reading of a body makes new forms: of messages that stayed the same only the values are. */
function sameMessage(a: MessageForm, b: MessageForm): boolean {
  return (
    a.role === b.role &&
    a.path.join('.') === b.path.join('.') &&
    a.fields.length === b.fields.length &&
    a.fields.every((field, i) => {
      const other = b.fields[i]!
      if (field.path.join('.') !== other.path.join('.')) return false
      return field.kind === 'json'
        ? JSON.stringify(field.value) === JSON.stringify(other.value)
        : field.value === other.value
    })
  )
}

function AddParameter({ unsaid, set }: { readonly unsaid: BodyForm['unsaid']; readonly set: Set }) {
  const [name, setName] = useState('')
  const id = useId()
  const add = () => {
    const written = name.trim()
    if (written === '') return
    set(unsaid.find(path => path.join('.') === written) ?? [written], 'null')
    setName('')
  }
  return (
    <form
      className={look.add}
      onSubmit={event => {
        event.preventDefault()
        add()
      }}
    >
      <ShortInput
        label="Name of a parameter to add"
        placeholder="temperature, seed …"
        list={id}
        value={name}
        change={setName}
      />
      <datalist id={id}>
        {unsaid.map(path => (
          <option key={path.join('.')}>{path.join('.')}</option>
        ))}
      </datalist>
      <Button type="submit" look="quiet">
        <Plus aria-hidden="true" /> Parameter
      </Button>
    </form>
  )
}
