import type { MouseEvent, ReactNode } from 'react'
import { excludeClause } from '../../../shared/query/edit.ts'
import { editQuery } from '../../app/query-desk.ts'
import { clauseOfValue, offerValues, valueMark } from './value-desk.ts'
import styles from './value.module.css'

interface Props {
  readonly field: string
  readonly value: string | undefined
  /** As it is shown. */
  readonly children: ReactNode
}

/** A value that can become part of the query: a click offers to filter by it, to exclude it, to copy it; Alt-click excludes. */
export function Value({ field, value, children }: Props) {
  if (value === undefined || value === '') return children
  const onClick = (event: MouseEvent<HTMLButtonElement>) => {
    // Whoever marked some text wants the text.
    if (getSelection()?.isCollapsed === false) return
    event.stopPropagation()
    const clause = clauseOfValue({ field, value })
    if (event.altKey && clause !== undefined) editQuery((text, of) => excludeClause(text, clause, of))
    else offerValues({ values: [{ field, value }], mode: 'any', anchor: event.currentTarget })
  }
  return (
    <button type="button" className={styles.value} aria-haspopup="menu" {...valueMark(field, value)} onClick={onClick}>
      {children}
    </button>
  )
}
