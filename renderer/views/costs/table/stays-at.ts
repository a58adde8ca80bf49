import type { CSSProperties } from 'react'
import type { CostModel } from '../model/table-model.ts'

type Column = ReturnType<CostModel['getVisibleLeafColumns']>[number]

/** Where a pinned column stays while the others are scrolled sideways. */
export function staysAt(column: Column): CSSProperties | undefined {
  return column.getIsPinned() === 'start' ? { insetInlineStart: column.getStart('start') } : undefined
}
