import {
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import type { TraceListRow } from '../../../shared/contract/traces.ts'

/** One line of the window. `row` is absent while its page is on the way. */
export interface TraceLine {
  readonly index: number
  readonly row: TraceListRow | undefined
  /** First user text; undefined while not known. */
  readonly input: string | null | undefined
}

export interface TraceColumnMeta {
  /** Pixels at least, and the share of what is left over. */
  readonly width: number
  readonly grow?: number
  readonly numeric?: boolean
  /** Columns with the highest number leave first when there is no room. */
  readonly leaves?: number
}

export const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  columnMeta: metaHelper<TraceColumnMeta>(),
})

export const helper = createColumnHelper<typeof features, TraceLine>()
