import type { ExportFormat } from '../../shared/contract/exports.ts'
import type { Store } from '../store/open.ts'
import { exportBundle } from './bundle.ts'
import { exportCalls, exportSpans } from './csv.ts'
import { exportFlat } from './flat-rows.ts'
import { exportOtlp } from './otlp.ts'

/** Some of an export's text, and how many spans it holds, or looked at. */
export interface Piece {
  readonly text: string
  readonly spans: number
}

/** Of which traces, and of tables of which spans of them; absent is all. */
export interface Scope {
  readonly traces?: readonly number[]
  readonly spans?: ReadonlySet<number>
}

type Exporter = (store: Store, scope: Scope) => Generator<Piece>

const exporters: { readonly [format in ExportFormat]: Exporter } = {
  bundle: (store, { traces }) => exportBundle(store, traces),
  otlp: (store, { traces }) => exportOtlp(store, traces),
  flat: exportFlat,
  spans: exportSpans,
  calls: exportCalls,
}

/** The text of an export, piece by piece. The store must not change meanwhile: hold a snapshot. */
export function exportStore(store: Store, format: ExportFormat, scope: Scope = {}): Generator<Piece> {
  return exporters[format](store, scope)
}
