import { useRef } from 'react'
import { useMarkedHits } from './use-hits.ts'

/** A short text in a line, with the hits of the query that led here. */
export function Marked({ text }: { readonly text: string }) {
  const element = useRef<HTMLSpanElement>(null)
  useMarkedHits(element, text)
  return <span ref={element}>{text}</span>
}
