import { useState } from 'react'
import { useAsk } from '../../../app/view.ts'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { CopyButton } from '../../../components/messages/CopyButton.tsx'
import RawEditor from '../../../components/raw-editor/RawEditor.tsx'
import { formatBytes } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import styles from './detail.module.css'

interface Props {
  readonly id: number
  readonly focus: boolean
  readonly onEscape: () => void
}

/** What the file said, record by record, and what stood around the record there. */
export default function Raw({ id, focus, onEscape }: Props) {
  const { data, error, again } = useAsk('spans.raw', { id })
  const [at, setAt] = useState(0)
  const [context, setContext] = useState(false)
  if (error) return <ErrorNote title="The raw record could not be read." error={error} retry={again} />
  if (!data) return null
  const record = data.records[Math.min(at, data.records.length - 1)]
  if (!record) return <p className={styles.note}>The store has no record of this span.</p>
  const text = context ? record.context : record.record
  const file = record.file.split(/[\\/]/).at(-1) || record.file
  const where = `${visibleLine(file, 200)}, record ${record.place}`
  return (
    <div className={styles.raw}>
      <div className={styles.rawHead}>
        {data.records.length > 1 && (
          <select aria-label="Record" value={at} onChange={event => setAt(Number(event.target.value))}>
            {data.records.map((each, i) => (
              <option key={`${each.file} ${each.place}`} value={i}>
                Record {i + 1} of {data.records.length}
              </option>
            ))}
          </select>
        )}
        <span className={styles.choice} role="group" aria-label="What to show">
          <button type="button" aria-pressed={!context} onClick={() => setContext(false)}>
            Record
          </button>
          <button
            type="button"
            aria-pressed={context}
            onClick={() => setContext(true)}
            title="What its file says once for many records: resource and scope"
          >
            Context
          </button>
        </span>
        <span
          className={styles.where}
          title={`${visibleLine(record.file, 2000)}, read as ${visibleLine(record.format, 40)}`}
        >
          {where} · {formatBytes(text.length)}
        </span>
        <CopyButton text={() => text} label={context ? 'Copy context' : 'Copy record'} />
      </div>
      <div className={styles.rawBody}>
        <RawEditor
          text={text}
          label={context ? 'Context, read only' : 'Raw record, read only'}
          focus={focus}
          onEscape={onEscape}
        />
      </div>
    </div>
  )
}
