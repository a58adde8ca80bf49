import { CircleHelp, LoaderCircle, X } from 'lucide-react'
import { useId, useMemo, useRef, useState, type ReactNode } from 'react'
import { announce } from '../../app/announce.ts'
import { useCommands } from '../../app/commands.ts'
import { useQueryDesk } from '../../app/query-desk.ts'
import type { RouteQuery } from '../../app/query-route.ts'
import { formatCount } from '../../../shared/format/numbers.ts'
import type { Listed } from '../../../shared/query/echo.ts'
import { queryLimits } from '../../../shared/query/limits.ts'
import { IconButton } from '../button/Button.tsx'
import { CopyButton } from '../messages/CopyButton.tsx'
import { Message } from './Message.tsx'
import type { Mark } from './model/segments.ts'
import styles from './query-bar.module.css'
import { QueryBox, type QueryBoxHandle } from './QueryBox.tsx'
import { QueryHelp } from './QueryHelp.tsx'
import { TimeMenu } from './TimeMenu.tsx'
import type { SortChoice } from './use-completions.ts'
import { useDraft } from './use-draft.ts'
import { useHistory } from './use-history.ts'

interface Props {
  /** What the list shows: the query in words speaks of it. */
  readonly of: Listed
  /** Of `useRouteQuery`: the address holds what is asked. */
  readonly query: RouteQuery
  /** What the list can be sorted by, for `sort:`; what is chosen is printed as `-cost`. */
  readonly sorts?: readonly SortChoice[]
  readonly sortBy?: (sort: string) => void
  /** What was found: a count, in the list's own words. */
  readonly found?: ReactNode
  /** The store has been at it for 150 ms. */
  readonly running?: boolean
  readonly cancel?: () => void
  /** Saved views. */
  readonly saved?: ReactNode
  /** Escape: the list takes the focus. */
  readonly leave: () => void
}

const none: readonly SortChoice[] = []

/** Where a list is asked: the text, what it means in words, what is wrong with it, and what was found. */
export function QueryBar({ of, query, sorts = none, sortBy, found, running, cancel, saved, leave }: Props) {
  const id = useId()
  const box = useRef<QueryBoxHandle>(null)
  const [focused, setFocused] = useState(false)
  const [refused, setRefused] = useState<string>()
  const [choosing, setChoosing] = useState(false)
  const [help, setHelp] = useState(false)
  const history = useHistory()
  const sortIds = useMemo(() => sorts.map(sort => sort.id), [sorts])
  const { draft, type, run, settle, reading, insisted } = useDraft({
    of,
    ...query,
    sorts: sortIds,
    sortBy,
    remember: history.remember,
    choosing,
  })
  const unfinished =
    focused && !insisted && reading.error !== undefined && reading.error.at.to >= draft.trimEnd().length
  const marks = useMemo<readonly Mark[]>(
    () => [
      ...(reading.error && !unfinished ? [{ at: reading.error.at, kind: 'error' as const }] : []),
      ...reading.unknown.map(({ at }) => ({ at, kind: 'unknown' as const })),
    ],
    [reading, unfinished],
  )
  useCommands([
    {
      id: 'query.clear',
      title: 'Clear the query',
      group: 'Query',
      when: () => draft !== '',
      run: () => void run(''),
    },
    { id: 'query.help', title: 'Help on the query language', group: 'Help', run: () => setHelp(true) },
  ])
  // A click on a value goes on from what stands in the box, also from what is not asked yet.
  useQueryDesk({ edit: change => void run(change(draft, of)), focus: () => box.current?.focus() })
  const refuse = (characters: number) => {
    const words = `What you pasted has ${formatCount(characters)} characters; a query has at most ${formatCount(queryLimits.characters)}. Nothing was put in.`
    setRefused(words)
    announce(words)
  }
  const edit = (next: string) => {
    setRefused(undefined)
    history.stop()
    type(next)
  }
  return (
    <div role="search" className={styles.bar} aria-label={`Search ${of}`} data-pane="Query" data-toolbar>
      <div className={styles.line}>
        <QueryBox
          handle={box}
          draft={draft}
          marks={marks}
          wrong={reading.error !== undefined && !unfinished}
          describedBy={`${id}-message`}
          sorts={sorts}
          type={edit}
          recall={type}
          run={() => {
            history.stop()
            run(draft)
          }}
          leave={leave}
          older={() => history.older(draft)}
          newer={history.newer}
          refuse={refuse}
          onChoosing={setChoosing}
          onFocusChange={now => {
            setFocused(now)
            if (now) return
            // Whoever goes on to the list means what stands here.
            settle()
            if (!reading.error) history.remember(reading.query)
          }}
        >
          {running && (
            <span className={styles.running}>
              <LoaderCircle size={13} role="img" aria-label="Searching" className={styles.spinner} />
              {cancel && (
                <button type="button" className={styles.link} onClick={cancel}>
                  Cancel
                </button>
              )}
            </span>
          )}
          {draft !== '' && (
            <>
              <CopyButton text={() => draft} label="Copy the query" />
              <IconButton
                label="Clear the query"
                className={styles.small}
                onClick={() => {
                  setRefused(undefined)
                  run('')
                  box.current?.focus()
                }}
              >
                <X />
              </IconButton>
            </>
          )}
        </QueryBox>
        <TimeMenu text={draft} choose={next => void run(next)} />
        {saved}
        <IconButton label="Help on the query language" onClick={() => setHelp(true)}>
          <CircleHelp />
        </IconButton>
      </div>
      <div className={styles.under}>
        <Message
          id={`${id}-message`}
          text={draft}
          reading={reading}
          unfinished={unfinished}
          refused={refused}
          keeps={reading.error !== undefined}
          pointAt={(from, to) => box.current?.select(from, to)}
          replace={(at, name) => {
            box.current?.replace(at.from, at.to, name.replace(/\.$/, ''))
          }}
        />
        {found !== undefined && <span className={styles.found}>{found}</span>}
      </div>
      {help && <QueryHelp close={() => setHelp(false)} />}
    </div>
  )
}
