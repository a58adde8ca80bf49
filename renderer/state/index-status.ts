import { useEffect, useState } from 'react'
import type { EventData, Output } from '../../shared/contract/index.ts'
import { useClient } from './client.ts'
import { useAsk } from './use-ask.ts'

export interface KnownIndex {
  readonly status: EventData<'index.progress'>
  /** Where it lies and how large it was when it was asked; absent where only its progress was told. */
  readonly file: Pick<Output<'index.status'>, 'path' | 'bytes' | 'blobs'> | undefined
}

/** How far the index of texts is, as it grows; undefined until it is known. */
export function useIndexStatus(): KnownIndex | undefined {
  const client = useClient()
  const { data } = useAsk('index.status', {})
  const [told, setTold] = useState<EventData<'index.progress'>>()
  useEffect(() => client.on('index.progress', setTold), [client])
  const status = told ?? data
  return status && { status, file: data && { path: data.path, bytes: data.bytes, blobs: data.blobs } }
}
