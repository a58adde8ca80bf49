import { ArrowDown, ArrowUp } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Question } from '../../../../../shared/contract/search.ts'
import { formatCount } from '../../../../../shared/format/numbers.ts'
import { operationMeasureNames, operationMeasures } from '../../../../../shared/query/latency-measures.ts'
import { adjustQuery, navigate, useAsk } from '../../../../app/view.ts'
import { ErrorNote } from '../../../../components/error-note/ErrorNote.tsx'
import { useLast } from '../../../../state/use-last.ts'
import { labelOfField } from '../../model/address.ts'
import styles from '../latency.module.css'
import type { LatencyAddress } from '../model/address.ts'
import { operationText, spansOf } from '../model/texts.ts'
import { Words } from './Words.tsx'

interface Props {
  readonly query: string
  /** Undefined: the query cannot be read. */
  readonly where: { readonly where?: Question } | undefined
  readonly address: LatencyAddress
}

const page = 50

/** How long each operation takes, and how much of the time of its traces. */
export function Operations({ query, where, address }: Props) {
  const { by, sort } = address
  const [limit, setLimit] = useState(page)
  const asked = useAsk('latency.operations', where ? { ...where, by, sort, limit } : null, { live: true })
  const { data: found, fresh, error, again, slow } = asked
  const now = useMemo(
    () => (found && fresh ? { data: found, fields: by, of: query } : undefined),
    [found, fresh, by, query],
  )
  // Until the next answer is there, the old one has the old fields and is of the old query.
  const shown = useLast(now)
  if (error) return <ErrorNote title="The operations could not be counted." error={error} retry={again} />
  if (!shown) return null
  const { data, fields, of } = shown
  return (
    <section aria-label="Operations" data-old={slow || undefined}>
      <h2>Operations</h2>
      <p className={styles.note}>
        Self time is what no span below takes; the share is one of the self time of all spans of these traces.
        {data.overlaps.length > 0 && ` Rows overlap: a span may have several of ${data.overlaps.join(', ')}.`}
        {!data.exact && ' Not all is read yet: figures so far.'}
      </p>
      {data.keys.length === 0 ? (
        <p className={styles.note}>No span matches.</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              {fields.map(name => (
                <th key={name} scope="col" data-words="">
                  {labelOfField(name)}
                </th>
              ))}
              {operationMeasureNames.map(name => {
                const sorted = sort.by === name
                const Arrow = sort.descending ? ArrowDown : ArrowUp
                const descending = sorted ? !sort.descending : true
                return (
                  <th
                    key={name}
                    scope="col"
                    aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
                  >
                    <button
                      type="button"
                      title={operationMeasures[name].help}
                      onClick={() => adjustQuery({ order: `${descending ? '-' : ''}${name}` })}
                    >
                      {operationMeasures[name].label}
                      {sorted && <Arrow size={11} aria-hidden="true" />}
                    </button>
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {data.keys.map((key, r) => (
              <tr key={JSON.stringify(key)}>
                <Words keys={key} fields={fields} open={() => navigate(spansOf(of, fields, key, false))} />
                {operationMeasureNames.map((name, m) => {
                  const value = data.values[m * data.keys.length + r]!
                  const text = operationText(name, value)
                  return (
                    <td key={name}>
                      {name === 'errors' && value > 0 ? (
                        <button type="button" onClick={() => navigate(spansOf(of, fields, key, true))}>
                          {text}
                        </button>
                      ) : (
                        text
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={fields.length} data-words="">
                Total
              </th>
              {operationMeasureNames.map((name, m) => (
                <td key={name}>{operationText(name, data.total[m]!)}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      )}
      {data.rows > data.keys.length && (
        <button type="button" className={styles.more} onClick={() => setLimit(limit * 4)}>
          {formatCount(data.rows - data.keys.length)} more operations; show more
        </button>
      )}
    </section>
  )
}
