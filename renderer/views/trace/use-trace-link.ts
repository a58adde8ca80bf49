import { useEffect } from 'react'
import { adjustQuery, useAsk, useClient, useLinkParts, useRoute } from '../../app/view.ts'
import { tell } from '../../state/undo.ts'

/** A link names a span by the id its file gave it. True until the address names the row of this store instead. */
export function useLinkedSpan(trace: number | undefined): boolean {
  const { path, query } = useRoute()
  const spanId = query.get('spanId')
  const found = useAsk('spans.find', spanId === null || trace === undefined ? null : { trace, spanId })
  const id = found.fresh ? found.data?.id : undefined
  const failed = found.error !== undefined
  useEffect(() => {
    if (spanId === null || (id === undefined && !failed)) return
    if (id == null) tell('The span of this link is not in this trace.', true)
    adjustQuery({ spanId: undefined, ...(id == null ? {} : { span: String(id) }) }, { at: path })
  }, [path, spanId, id, failed])
  return spanId !== null
}

/** Rows have numbers in this store only. */
export function useSpanInLinks(row: number): void {
  const client = useClient()
  useLinkParts(async () => {
    const span = await client.ask('spans.read', { id: row }).catch(() => undefined)
    return { span: undefined, spanId: span?.id }
  })
}
