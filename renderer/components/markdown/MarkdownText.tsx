import { useMemo, useState } from 'react'
import type { JsonValue } from '../../../shared/domain/json.ts'
import { formatCount } from '../../../shared/format/numbers.ts'
import { useHits } from '../hits/use-hits.ts'
import { firstLines } from '../json/first-lines.ts'
import { JsonText } from '../json/JsonText.tsx'
import { isNested, parsed } from '../json/pretty.ts'
import json from '../json/json.module.css'
import { longestMarkdown, Markdown } from './Markdown.tsx'

interface Props {
  readonly text: string
  readonly fold?: number | undefined
}

/** A text as Markdown, its first lines first. One that is JSON is shown as that; one too long for reading it as it is written. */
export function MarkdownText({ text, fold }: Props) {
  const [unfolded, setUnfolded] = useState(false)
  const lastHit = useHits(text).at(-1)?.to ?? 0
  const plain = useMemo(() => text.length > longestMarkdown || isNested(parsed(text as JsonValue)), [text])
  const folded = useMemo(
    () => (plain || fold === undefined || unfolded ? undefined : firstLines(text, fold)),
    [plain, fold, unfolded, text],
  )
  if (plain) return <JsonText value={text} {...(fold === undefined ? {} : { fold })} />
  // What was looked for is not hidden.
  const head = folded && lastHit > folded.text.length ? undefined : folded
  return (
    <>
      <Markdown text={head ? `${head.text}…` : text} />
      {head && (
        <button type="button" className={json.more} onClick={() => setUnfolded(true)}>
          Show all {head.lines > fold! ? `${formatCount(head.lines)} lines` : `${formatCount(text.length)} characters`}
        </button>
      )}
    </>
  )
}
