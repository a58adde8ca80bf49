import { useContext, useState } from 'react'
import { formatBytes } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { isJsonText, valueAt } from '../../../../shared/replay/json-edit.ts'
import { IconButton } from '../../../components/button/Button.tsx'
import { X } from 'lucide-react'
import type { Field } from '../model/body-form.ts'
import { MissingContext } from '../model/missing.ts'
import styles from '../replay.module.css'
import look from './body-form.module.css'
import { ShortInput } from './ShortInput.tsx'

interface Props {
  readonly field: Field
  /** The whole body. */
  readonly text: string
  /** What the field is called, with what it stands in: Temperature; user message 3, content. */
  readonly label: string
  /** JSON; undefined takes it out. */
  readonly set: (path: readonly string[], value: string | undefined) => void
  readonly canRemove?: boolean
}

/** Characters of a value that one edits by itself; of more the whole body is the better place. */
const longest = 200_000

/** One value of the body, with a control of its kind. What is not touched keeps its characters. */
export function FieldEditor({ field, text, label, set, canRemove = false }: Props) {
  const { path, kind } = field
  const missing = useContext(MissingContext)(path)
  return (
    <div className={look.field} data-kind={kind} data-missing={missing !== undefined || undefined}>
      <span className={look.fieldName} title={path.join('.')}>
        {visibleLine(field.label, 80)}
      </span>
      <Control field={field} text={text} label={label} set={set} />
      {canRemove && (
        <IconButton label={`Take out ${label}`} onClick={() => set(path, undefined)}>
          <X aria-hidden="true" />
        </IconButton>
      )}
      {missing !== undefined && <p className={look.missing}>⚠ Not as it was sent: {visibleLine(missing, 300)}</p>}
    </div>
  )
}

function Control({ field, text, label, set }: Props) {
  const { path, kind, value } = field
  if (kind === 'text' && typeof value === 'string') {
    if (value.length > longest) return <TooLong length={value.length} />
    return (
      <textarea
        className={look.text}
        aria-label={label}
        spellCheck={false}
        value={value}
        onChange={event => set(path, JSON.stringify(event.target.value))}
      />
    )
  }
  if (kind === 'flag') {
    return (
      <input
        type="checkbox"
        aria-label={label}
        checked={value === true}
        onChange={event => set(path, String(event.target.checked))}
      />
    )
  }
  return <Json field={field} text={text} label={label} set={set} />
}

/** As it is written in the body: `1.0` stays `1.0`. What is no JSON yet is not put in. */
function Json({ field: { path, kind, value }, text, label, set }: Props) {
  // One that was just added has no value yet.
  const [isOpen, setIsOpen] = useState(kind !== 'json' || value === null)
  const [typed, setTyped] = useState<string>()
  if (!isOpen) {
    return (
      <button type="button" className={look.jsonPreview} title={`Edit ${label}`} onClick={() => setIsOpen(true)}>
        {visibleLine(JSON.stringify(value).slice(0, 400), 160)}
      </button>
    )
  }
  const place = valueAt(text, path)
  const written = place ? text.slice(place.start, place.end) : ''
  if (written.length > longest) return <TooLong length={written.length} />
  // A word is shown without its quotes, unless it is none: an integer that no number holds is read as one.
  const isWord = typeof value === 'string' && kind === 'word' && written.startsWith('"')
  const shown = typed ?? (isWord ? value : written)
  const isWrong = typed !== undefined
  const change = (next: string) => {
    const json = isWord ? JSON.stringify(next) : next.trim()
    if (!isJsonText(json)) return setTyped(next)
    setTyped(undefined)
    return set(path, json)
  }
  const shared = {
    'aria-invalid': isWrong,
    title: isWrong ? 'This is no JSON yet: the body keeps what it had' : undefined,
    spellCheck: false,
    value: shown,
    onBlur: () => setTyped(undefined),
  }
  return kind === 'json' ? (
    <textarea className={look.json} aria-label={label} {...shared} onChange={event => change(event.target.value)} />
  ) : (
    <ShortInput {...shared} label={label} change={change} />
  )
}

function TooLong({ length }: { readonly length: number }) {
  return <span className={styles.faint}>{formatBytes(length)}: the text of the body is where it can be edited</span>
}
