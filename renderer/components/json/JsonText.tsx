import { useMemo } from 'react'
import type { JsonValue } from '../../../shared/domain/json.ts'
import { LongText } from './LongText.tsx'
import { isNested, parsed, prettyJson } from './pretty.ts'

interface Props {
  readonly value: JsonValue
  readonly fold?: number
}

/** A value from a trace: a text as text, JSON (also inside a text) indented and coloured. Always text, never markup. */
export function JsonText({ value, fold }: Props) {
  const meant = useMemo(() => parsed(value), [value])
  const text = useMemo(() => prettyJson(meant), [meant])
  const look = isNested(meant) ? 'json' : typeof meant === 'string' ? 'prose' : 'mono'
  return <LongText text={text} look={look} {...(fold === undefined ? {} : { fold })} />
}
