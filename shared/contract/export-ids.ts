import { idsAtOnce } from './exports.ts'

/** What is exported: some traces, and of tables some spans of them. */
export interface ExportIds {
  readonly traces: readonly number[]
  readonly spans?: readonly number[]
}

/** Many ids as inputs of `exports.open` and, after it, `exports.more`; the first says of which there are any. */
export function exportInputs(ids: ExportIds | undefined): { readonly traces?: number[]; readonly spans?: number[] }[] {
  const inputs = []
  const most = Math.max(ids?.traces.length ?? 0, ids?.spans?.length ?? 0)
  for (let from = 0; from === 0 || from < most; from += idsAtOnce) {
    const traces = ids?.traces.slice(from, from + idsAtOnce) ?? []
    const spans = ids?.spans?.slice(from, from + idsAtOnce) ?? []
    inputs.push({ ...(traces.length > 0 ? { traces } : {}), ...(spans.length > 0 ? { spans } : {}) })
  }
  return inputs
}
