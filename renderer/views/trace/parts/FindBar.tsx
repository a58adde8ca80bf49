import { ChevronDown, ChevronUp, ListFilter, LoaderCircle, X } from 'lucide-react'
import { memo, type Ref, useId, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { announce } from '../../../app/announce.ts'
import { adjustQuery, ariaKeys } from '../../../app/view.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { queryLimits } from '../../../../shared/query/limits.ts'
import { IconButton } from '../../../components/button/Button.tsx'
import { Message } from '../../../components/query-bar/Message.tsx'
import type { Mark } from '../../../components/query-bar/model/segments.ts'
import { QueryBox, type QueryBoxHandle } from '../../../components/query-bar/QueryBox.tsx'
import { useDraft } from '../../../components/query-bar/use-draft.ts'
import { useHistory } from '../../../components/query-bar/use-history.ts'
import { type Store, useStore } from '../../../state/store.ts'
import type { Found } from '../use-find.ts'
import styles from './find.module.css'

export interface FindBarHandle {
  readonly focus: () => void
}

interface Props {
  /** What is looked for, as the address has it; it may have come with the reader from a list. */
  readonly text: string
  readonly found: Found | undefined
  readonly spans: number
  /** Which of the matching rows the cursor stands on, from 1: it changes with every step, and only the count shows it. */
  readonly at: Store<number | undefined>
  /** Only what matches is shown, and what leads there. */
  readonly only: boolean
  readonly onOnly: (only: boolean) => void
  readonly go: (by: 1 | -1) => void
  readonly close: () => void
  /** Back to the tree. */
  readonly leave: () => void
  readonly handle: Ref<FindBarHandle>
}

const look = (text: string) => adjustQuery({ find: text === '' ? undefined : text, q: undefined })
const noSorts: readonly never[] = []

/** Find in this trace, in the language of the lists: words, "phrases", /expressions/, fields. */
export const FindBar = memo(function FindBar(props: Props) {
  const { text, found, spans, at, only, onOnly, go, close, leave, handle } = props
  const id = useId()
  const box = useRef<QueryBoxHandle>(null)
  const [focused, setFocused] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const [refused, setRefused] = useState<string>()
  const history = useHistory()
  const { draft, type, run, settle, reading, insisted } = useDraft({
    of: 'spans',
    text,
    adjust: look,
    commit: look,
    sorts: noSorts,
    sortBy: undefined,
    remember: history.remember,
    choosing,
  })
  useImperativeHandle(handle, () => ({ focus: () => box.current?.focus() }))
  const { error, unknown } = reading
  const unfinished = focused && !insisted && error !== undefined && error.at.to >= draft.trimEnd().length
  const wrong = error !== undefined && !unfinished
  const marks = useMemo<readonly Mark[]>(
    () => [
      ...(error && !unfinished ? [{ at: error.at, kind: 'error' as const }] : []),
      ...unknown.map(field => ({ at: field.at, kind: 'unknown' as const })),
    ],
    [error, unknown, unfinished],
  )
  const edit = (next: string) => {
    setRefused(undefined)
    history.stop()
    type(next)
  }
  const refuse = (characters: number) => {
    const words = `What you pasted has ${formatCount(characters)} characters; a query has at most ${formatCount(queryLimits.characters)}. Nothing was put in.`
    setRefused(words)
    announce(words)
  }
  const none = !found?.count
  return (
    <div className={styles.find} role="search" aria-label="Find in this trace" data-pane="Find" data-toolbar>
      <div className={styles.line}>
        <QueryBox
          label="Find in this trace"
          keys={ariaKeys('Mod+F')}
          placeholder="Find in this trace: a word, /expression/, kind:tool …"
          handle={box}
          draft={draft}
          marks={marks}
          wrong={wrong}
          describedBy={`${id}-message`}
          sorts={noSorts}
          type={edit}
          recall={type}
          run={() => {
            history.stop()
            // Enter on what is found already goes on to the next.
            if (reading.query === text && !none) go(1)
            else run(draft)
          }}
          leave={leave}
          older={() => history.older(draft)}
          newer={history.newer}
          refuse={refuse}
          onChoosing={setChoosing}
          onFocusChange={now => {
            setFocused(now)
            if (!now) settle()
          }}
        >
          {found?.slow && <LoaderCircle size={13} role="img" aria-label="Searching" className={styles.spinner} />}
        </QueryBox>
        <Count found={found} spans={spans} at={at} />
        <IconButton
          label="Previous matching span"
          title="Previous matching span (Shift+N)"
          disabled={none}
          onClick={() => go(-1)}
        >
          <ChevronUp />
        </IconButton>
        <IconButton label="Next matching span" title="Next matching span (n)" disabled={none} onClick={() => go(1)}>
          <ChevronDown />
        </IconButton>
        <button
          type="button"
          className={styles.only}
          aria-pressed={only}
          disabled={none && !only}
          title="Fold away what does not match; how much that is stays visible (o)"
          onClick={() => onOnly(!only)}
        >
          <ListFilter aria-hidden size={13} />
          <span className={styles.word}>Only matches</span>
        </button>
        <IconButton label="End the search" title="End the search (Escape)" onClick={close}>
          <X />
        </IconButton>
      </div>
      {(wrong || refused !== undefined || unknown.length > 0) && (
        <Message
          id={`${id}-message`}
          text={draft}
          reading={reading}
          unfinished={unfinished}
          refused={refused}
          keeps={found !== undefined}
          pointAt={(from, to) => box.current?.select(from, to)}
          replace={(place, name) => box.current?.replace(place.from, place.to, name.replace(/\.$/, ''))}
        />
      )}
      {found?.error && (
        <p className={styles.failed} role="alert">
          The search failed: {found.error.message}{' '}
          <button type="button" onClick={found.again}>
            Try again
          </button>
        </p>
      )}
    </div>
  )
})

function Count({ found, spans, at }: Pick<Props, 'found' | 'spans' | 'at'>) {
  return <output className={styles.count}>{countText(found, spans, useStore(at))}</output>
}

/** "3 of 17", "17 of 204 spans", "no match". */
function countText(found: Found | undefined, spans: number, at: number | undefined): string {
  if (!found) return ''
  if (!found.rows) return found.error ? '' : 'searching'
  if (found.count === 0) return 'no match'
  if (at !== undefined) return `${formatCount(at)} of ${formatCount(found.count)}`
  return `${formatCount(found.count)} of ${formatPlural(spans, 'span')}`
}
