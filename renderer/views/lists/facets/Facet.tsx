import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId, useState, type MouseEvent } from 'react'
import type { ListKind, ListValue } from '../../../../shared/contract/lists.ts'
import { readColumn } from '../../../../shared/query/list-columns.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import {
  addClause,
  addValue,
  clauseFor,
  clausesOf,
  excludeClause,
  toggleClause,
} from '../../../../shared/query/edit.ts'
import type { FieldRef } from '../../../../shared/query/fields.ts'
import { printClause, printField } from '../../../../shared/query/print.ts'
import { useAsk } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { useQuestion } from '../use-question.ts'
import styles from './facets.module.css'

interface Props {
  readonly field: string
  readonly label: string
  readonly kind: ListKind
  readonly query: string
  readonly text: string
  readonly edit: (text: string) => void
  readonly open: boolean
  readonly toggle: () => void
}

const few = 8
const more = 50
const all = 1000
/** So many values are looked through by eye. */
const mostWithoutSearch = 12

/** The most frequent values of one field. */
export function Facet({ field, label, kind, query, text, edit, open, toggle }: Props) {
  const id = useId()
  const [most, setMost] = useState(few)
  const [wanted, setWanted] = useState('')
  const where = useQuestion(query)
  const limit = wanted === '' ? most : all
  const asked = useAsk('lists.facets', open ? { list: kind, ...where, fields: [field], limit } : null, { live: true })
  const facet = asked.data?.facets[0]
  const column = readColumn(field)
  if (!column || 'own' in column) return null
  const needle = wanted.toLowerCase()
  const found = facet?.values.filter(({ value }) => String(value).toLowerCase().includes(needle)) ?? []
  const values = wanted === '' ? found : found.slice(0, more)
  const known = (facet?.values.length ?? 0) + (facet?.more ?? 0)
  const largest = found.reduce((top, { count }) => Math.max(top, count), 1)
  return (
    <section className={styles.facet} aria-label={label}>
      <h3>
        <button type="button" className={styles.title} aria-expanded={open} aria-controls={id} onClick={toggle}>
          {open ? <ChevronDown aria-hidden="true" size={12} /> : <ChevronRight aria-hidden="true" size={12} />}
          {label}
          {open && facet && <span className={styles.faint}>{formatCount(known)}</span>}
        </button>
      </h3>
      {open && (
        <div id={id} data-old={asked.slow || undefined} className={styles.values}>
          {asked.error && <p className={styles.hint}>{asked.error.message}</p>}
          {(known > mostWithoutSearch || wanted !== '') && (
            <input
              type="search"
              className={styles.search}
              aria-label={`Find in ${label}`}
              placeholder="Find"
              value={wanted}
              onChange={event => setWanted(event.target.value)}
            />
          )}
          <ul>
            {values.map(({ value, count }) => (
              <Value
                key={`${typeof value} ${value}`}
                field={column.field}
                value={value}
                kind={kind}
                count={count}
                share={count / largest}
                text={text}
                edit={edit}
              />
            ))}
          </ul>
          {facet && known === 0 && <p className={styles.hint}>None of what matches has one.</p>}
          {wanted !== '' && facet && found.length === 0 && <p className={styles.hint}>No value has this in it.</p>}
          {wanted !== '' && found.length > more && (
            <p className={styles.hint}>{formatCount(found.length - more)} more have this in them.</p>
          )}
          {wanted !== '' && (facet?.more ?? 0) > 0 && (
            <p className={styles.hint}>Looked through the {formatCount(all)} most frequent values.</p>
          )}
          {wanted === '' && facet && facet.more > 0 && (
            <Button look="quiet" onClick={() => setMost(most + more)}>
              Show more: {formatPlural(facet.more, 'further value')}
            </Button>
          )}
          {facet && facet.without > 0 && (
            <button
              type="button"
              className={styles.value}
              onClick={event => edit(without(text, column.field, kind, event.altKey))}
            >
              <span className={styles.faint}>without</span>
              <span className={styles.count}>{formatCount(facet.without)}</span>
            </button>
          )}
        </div>
      )}
    </section>
  )
}

function without(text: string, field: FieldRef, kind: ListKind, exclude: boolean): string {
  const clause = `has:${printField(field)}`
  return exclude ? addClause(text, clause) : excludeClause(text, clause, kind)
}

interface ValueProps {
  readonly field: FieldRef
  readonly value: ListValue
  readonly kind: ListKind
  readonly count: number
  readonly share: number
  readonly text: string
  readonly edit: (text: string) => void
}

function Value({ field, value, kind, count, share, text, edit }: ValueProps) {
  const written = String(value)
  const clause = clauseFor(field, written)
  const [asked] = clausesOf(clause)
  const isAsked =
    asked !== undefined && clausesOf(text).some(({ node }) => printClause(node) === printClause(asked.node))
  const shown = visibleLine(written, 80) || '(empty)'
  const choose = ({ altKey, shiftKey }: MouseEvent) => {
    if (altKey) edit(excludeClause(text, clause, kind))
    else if (shiftKey) edit(addValue(text, field, written))
    else edit(isAsked ? toggleClause(text, clause) : addClause(text, clause))
  }
  return (
    <li>
      <button type="button" className={styles.value} aria-pressed={isAsked} onClick={choose} title={shown}>
        <span className={styles.share} style={{ width: `${share * 100}%` }} />
        <span className={styles.word}>{shown}</span> <span className={styles.count}>{formatCount(count)}</span>
      </button>
      <button
        type="button"
        className={styles.exclude}
        aria-label={`Leave out ${shown}`}
        title="Leave out"
        onClick={() => edit(excludeClause(text, clause, kind))}
      >
        −
      </button>
    </li>
  )
}
