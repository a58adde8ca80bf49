import { useDeferredValue, useMemo } from 'react'
import type { JsonObject } from '../../../../shared/domain/json.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { danglingIn, mends, type Dangling } from '../../../../shared/replay/dangling.ts'
import { dialectOf } from '../../../../shared/replay/dialects/index.ts'
import { refusedFields } from '../../../../shared/replay/gates.ts'
import { valueAt } from '../../../../shared/replay/json-edit.ts'
import type { ReplayRequest } from '../../../../shared/replay/types.ts'
import { Button } from '../../../components/button/Button.tsx'
import { editValue, type History } from '../model/draft.ts'
import styles from '../replay.module.css'

interface Props {
  readonly request: ReplayRequest
  /** The body as it is now. */
  readonly text: string
  /** Read; absent where it is no JSON object. */
  readonly body: JsonObject | undefined
  readonly change: (change: (history: History) => History) => void
}

/** Troubles that are listed, each with what mends it. */
const most = 20

/** What a provider would refuse, each mended by one press. Nothing is changed by itself. */
export function Mends({ request: { dialect, headers }, change, ...written }: Props) {
  // A key press is shown before it is judged: of 10 MB that takes as long again.
  const text = useDeferredValue(written.text)
  const body = useDeferredValue(written.body)
  const refused = useMemo(() => (body ? refusedFields(dialect, body, headers) : []), [body, dialect, headers])
  const dangling = useMemo(() => danglingIn(text, dialect), [text, dialect])
  if (refused.length + dangling.length === 0) return null
  const mend = (how: keyof typeof mends, what: Dangling) => {
    const { conversation } = dialectOf(dialect)
    change(old => {
      const mended = mends[how](old.now.text, what, dialect)
      const place = valueAt(mended, [conversation])
      return place ? editValue(old, [conversation], mended.slice(place.start, place.end)) : old
    })
  }
  return (
    <ul className={styles.mends} aria-label="What the provider would refuse">
      {refused.map(({ field, note }) => (
        <li key={`${field} ${note}`}>
          <span>
            ⚠ <code>{field}</code>: {note}.
          </span>
          <Button look="quiet" onClick={() => change(old => editValue(old, [field], undefined))}>
            Take out {field}
          </Button>
        </li>
      ))}
      {dangling.slice(0, most).map(one => (
        <li key={one.path.join('.')}>
          <span>
            ⚠ {one.kind === 'call' ? 'The call of' : 'A result'}{' '}
            {one.kind === 'call' && <b>{visibleLine(one.name ?? 'a tool', 60)}</b>} (
            <code>{visibleLine(one.id, 40)}</code>){' '}
            {one.kind === 'call' ? 'has no result.' : 'is there without its call.'}
          </span>
          <Button look="quiet" onClick={() => mend('drop', one)}>
            {one.kind === 'call' ? 'Drop the call' : 'Drop the result'}
          </Button>
          {one.kind === 'call' && (
            <Button look="quiet" onClick={() => mend('answer', one)}>
              Write its result
            </Button>
          )}
          <Button look="quiet" onClick={() => mend('cut', one)}>
            End the history before it
          </Button>
        </li>
      ))}
      {dangling.length > most && <li>{formatPlural(dangling.length - most, 'further one')} not listed.</li>}
    </ul>
  )
}
