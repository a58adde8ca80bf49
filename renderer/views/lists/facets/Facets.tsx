import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ListKind } from '../../../../shared/contract/lists.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { findField } from '../../../../shared/query/fields.ts'
import { useAsk, useClient } from '../../../app/view.ts'
import { IconButton } from '../../../components/button/Button.tsx'
import { groupFields } from '../model/columns.ts'
import { Facet } from './Facet.tsx'
import styles from './facets.module.css'
import { readOpenFacets, keepOpenFacets } from './open-facets.ts'

interface Props {
  readonly kind: ListKind
  /** The query whose rows are shown: what is counted. */
  readonly query: string
  /** What stands in the bar: edited. */
  readonly text: string
  readonly edit: (text: string) => void
  readonly close: () => void
}

/** The values of fields among what matches, with counts. */
export function Facets({ kind, query, text, edit, close }: Props) {
  const [open, setOpen] = useState(readOpenFacets)
  const scores = useScoreFields()
  const toggle = (field: string) => {
    const next = open.includes(field) ? open.filter(one => one !== field) : [...open, field]
    setOpen(next)
    keepOpenFacets(next)
  }
  return (
    <aside className={styles.facets} aria-label="Facets" data-pane="Facets" data-toolbar>
      <div className={styles.head}>
        <h2>Facets</h2>
        <IconButton label="Close the facets" onClick={close}>
          <X />
        </IconButton>
      </div>
      <p className={styles.hint}>A click asks for a value, Alt-click leaves it out, Shift-click asks for either.</p>
      {[...groupFields(kind), ...scores].map(({ id, label }) => (
        <Facet
          key={id}
          field={id}
          label={label}
          kind={kind}
          query={query}
          text={text}
          edit={edit}
          open={open.includes(id)}
          toggle={() => toggle(id)}
        />
      ))}
    </aside>
  )
}

const mostScores = 12

/** Judgements have the names their files gave them. */
function useScoreFields(): readonly { readonly id: string; readonly label: string }[] {
  const client = useClient()
  const { data, again } = useAsk('search.values', { field: 'score.', prefix: '', limit: mostScores }, { live: true })
  useEffect(() => client.on('notes.changed', again), [client, again])
  return (data?.values ?? []).flatMap(({ value }) => {
    const id = `score.${value}`
    return writable.test(value) && findField(id) ? [{ id, label: visibleLine(id, 60) }] : []
  })
}

/** A name that the query language can write after the dot. */
const writable = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u
