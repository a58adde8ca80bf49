import { useState } from 'react'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import type { Place } from '../../../../shared/replay/json-edit.ts'
import type { FieldSource, ReplayRequest } from '../../../../shared/replay/types.ts'
import styles from '../replay.module.css'

const sources: readonly (readonly [FieldSource, string])[] = [
  ['missing', 'not in it'],
  ['rebuilt', 'rebuilt'],
  ['log', 'from the log'],
  ['default', 'provider default'],
]

interface Props {
  readonly request: ReplayRequest
  readonly isCurrent: boolean
  /** Where a field stands in the body, if it does. */
  readonly placeOf: (field: string) => Place | undefined
  /** Shows a place in the text of the body. */
  readonly open: (place: Place) => void
}

/** Of each field of the request where it is from, before anything is sent; what is missing first. */
export function Receipt({ request, isCurrent, placeOf, open }: Props) {
  const [isOpen, setIsOpen] = useState(request.grade === 'C')
  const { receipt } = request
  const groups = sources
    .map(([source, title]) => ({ source, title, lines: receipt.filter(({ from }) => from === source) }))
    .filter(({ lines }) => lines.length > 0)
  return (
    <details
      className={styles.receipt}
      aria-busy={!isCurrent}
      open={isOpen}
      onToggle={event => setIsOpen(event.currentTarget.open)}
    >
      <summary>
        Where each field is from: {groups.map(({ title, lines }) => `${lines.length} ${title}`).join(' · ')}
        <span className="spoken">, {formatPlural(receipt.length, 'line')}</span>
      </summary>
      {isOpen && (
        <table>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">From</th>
              <th scope="col">Note</th>
            </tr>
          </thead>
          <tbody>
            {groups.flatMap(({ source, title, lines }) =>
              lines.map(({ field, note }) => (
                <tr key={`${source} ${field} ${note}`} data-from={source}>
                  <th scope="row">
                    <FieldName field={field} placeOf={placeOf} open={open} />
                  </th>
                  <td>{title}</td>
                  <td>{visibleLine(note, 400)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
    </details>
  )
}

/** Leads to the place in the text, where there is one. */
function FieldName({ field, placeOf, open }: Pick<Props, 'placeOf' | 'open'> & { readonly field: string }) {
  const place = placeOf(field)
  const words = visibleLine(field, 120)
  if (!place) return words
  return (
    <button type="button" className={styles.place} title="Show it in the text" onClick={() => open(place)}>
      {words}
    </button>
  )
}
