import { Download } from 'lucide-react'
import { useState } from 'react'
import { useAsk, useClient } from '../../../app/view.ts'
import { announce } from '../../../app/announce.ts'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { saveFile } from '../../../components/export/save-file.ts'
import { LongText } from '../../../components/json/LongText.tsx'
import { CopyButton } from '../../../components/messages/CopyButton.tsx'
import RawEditor from '../../../components/raw-editor/RawEditor.tsx'
import { formatBytes } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import styles from './detail.module.css'
import look from './record.module.css'

interface Props {
  readonly id: number
  readonly focus: boolean
  readonly onEscape: () => void
}

/** What the file said, record by record, and what stood around the record there: laid out to be read, or to the byte. */
export default function Raw({ id, focus, onEscape }: Props) {
  const client = useClient()
  const { data, error, again } = useAsk('spans.raw', { id })
  const [chosen, setAt] = useState(0)
  const [part, setPart] = useState<'record' | 'context'>('record')
  const [isExact, setExact] = useState(false)
  const at = Math.min(chosen, Math.max(0, (data?.records.length ?? 1) - 1))
  const kept = useAsk('spans.kept', isExact ? { id, record: at } : null)
  const failure = error ?? (isExact ? kept.error : undefined)
  if (failure) {
    return <ErrorNote title="The raw record could not be read." error={failure} retry={error ? again : kept.again} />
  }
  if (!data) return null
  const record = data.records[at]
  if (!record) return <p className={styles.note}>The store has no record of this span.</p>
  const text = isExact ? (kept.fresh ? kept.data?.[part] : undefined) : record[part]
  const file = record.file.split(/[\\/]/).at(-1) || record.file
  const where = `${visibleLine(file, 200)}, record ${record.place}`
  const save = () =>
    void client.ask('spans.kept', { id, record: at }).then(
      bytes => saveFile(new Blob([bytes[part]], { type: 'application/json' }), fileName(file, record.place, part)),
      () => announce('The record could not be read: press once more'),
    )
  return (
    <div className={look.raw}>
      <div className={look.rawHead}>
        {data.records.length > 1 && (
          <select aria-label="Record" value={at} onChange={event => setAt(Number(event.target.value))}>
            {data.records.map((each, i) => (
              <option key={`${each.file} ${each.place}`} value={i}>
                Record {i + 1} of {data.records.length}
              </option>
            ))}
          </select>
        )}
        <Choice
          label="What to show"
          value={part}
          set={setPart}
          of={{ record: 'Record', context: 'Context' }}
          titles={{ context: 'What its file says once for many records: resource and scope' }}
        />
        <Choice
          label="How to show it"
          value={isExact ? 'exact' : 'laid out'}
          set={value => setExact(value === 'exact')}
          of={{ 'laid out': 'Laid out', exact: 'Exact' }}
          titles={{
            exact:
              'To the byte as the store keeps it: names, order, texts and digits are the file’s. White space and escapes between values are not kept.',
          }}
        />
        <span
          className={look.where}
          title={`${visibleLine(record.file, 2000)}, read as ${visibleLine(record.format, 40)}`}
        >
          {where}
          {text !== undefined && <> · {formatBytes(new Blob([text]).size)}</>}
        </span>
        {text !== undefined && (
          <CopyButton text={() => text} label={isExact ? `Copy the exact ${part}` : `Copy ${part}`} />
        )}
        <button
          type="button"
          className={look.save}
          aria-label={`Save the exact ${part}…`}
          title={`Save the exact ${part}…`}
          onClick={save}
        >
          <Download size={13} aria-hidden />
        </button>
      </div>
      {isExact ? (
        <div className={look.exact} data-exact role="region" aria-label={`Exact ${part}`}>
          {text !== undefined && <LongText text={text} look="mono" />}
        </div>
      ) : (
        <div className={look.rawBody}>
          <RawEditor
            text={record[part]}
            label={part === 'context' ? 'Context, read only' : 'Raw record, read only'}
            focus={focus}
            onEscape={onEscape}
          />
        </div>
      )}
    </div>
  )
}

interface ChoiceProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly set: (value: V) => void
  readonly of: Readonly<Record<V, string>>
  readonly titles: Readonly<Partial<Record<V, string>>>
}

function Choice<V extends string>({ label, value, set, of, titles }: ChoiceProps<V>) {
  return (
    <span className={look.choice} role="group" aria-label={label}>
      {(Object.keys(of) as V[]).map(each => (
        <button key={each} type="button" aria-pressed={value === each} title={titles[each]} onClick={() => set(each)}>
          {of[each]}
        </button>
      ))}
    </span>
  )
}

/** Of letters, digits and dots only: the name of the file it came from was written by whoever made that. */
function fileName(file: string, place: number, part: string): string {
  const base =
    file
      .replace(/[^\p{L}\p{N}._-]+/gu, '_')
      .replace(/^[._]+/, '')
      .slice(0, 80) || 'record'
  return `${base}-${part}-${place}.json`
}
