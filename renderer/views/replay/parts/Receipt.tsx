import { formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import type { FieldSource, ReplayRequest } from '../../../../shared/replay/types.ts'
import styles from '../replay.module.css'

const sources: readonly (readonly [FieldSource, string])[] = [
  ['missing', 'not in it'],
  ['rebuilt', 'rebuilt'],
  ['log', 'from the log'],
  ['default', 'provider default'],
]

/** Of each field of the request where it is from, before anything is sent; what is missing first. */
export function Receipt({ request, isCurrent }: { readonly request: ReplayRequest; readonly isCurrent: boolean }) {
  const { receipt } = request
  const groups = sources
    .map(([source, title]) => ({ source, title, lines: receipt.filter(({ from }) => from === source) }))
    .filter(({ lines }) => lines.length > 0)
  return (
    <details className={styles.receipt} aria-busy={!isCurrent} open={request.grade === 'C'}>
      <summary>
        Where each field is from: {groups.map(({ title, lines }) => `${lines.length} ${title}`).join(' · ')}
        <span className="spoken">, {formatPlural(receipt.length, 'line')}</span>
      </summary>
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
                <th scope="row">{visibleLine(field, 120)}</th>
                <td>{title}</td>
                <td>{visibleLine(note, 400)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </details>
  )
}
