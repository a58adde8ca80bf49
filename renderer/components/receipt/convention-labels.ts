import { useEffect, useState } from 'react'

let labels: ReadonlyMap<string, string> | undefined

/** Names of conventions by id, from their registry. Loaded when a receipt is first shown: the rest of it is code. */
export function useConventionLabels(): ReadonlyMap<string, string> {
  const [known, setKnown] = useState(labels)
  useEffect(() => {
    if (known) return undefined
    let mounted = true
    const load = async () => {
      const { conventions } = await import('../../../shared/conventions/index.ts')
      labels = new Map(conventions.map(convention => [convention.id, convention.label]))
      if (mounted) setKnown(labels)
    }
    load().catch(() => {})
    return () => {
      mounted = false
    }
  }, [known])
  return known ?? new Map()
}
