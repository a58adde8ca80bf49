import { Search } from 'lucide-react'
import {
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react'
import { visibleText } from '../../../shared/format/visible-text.ts'
import type { Completion, Completions } from '../../../shared/query/complete.ts'
import { queryLimits } from '../../../shared/query/limits.ts'
import { CompletionList } from './CompletionList.tsx'
import { actionOf, insideList } from './box-keys.ts'
import { caretPlace, putText, replaceText } from './edit-input.ts'
import { segmentsOf, type Mark } from './model/segments.ts'
import styles from './query-bar.module.css'
import tokens from './tokens.module.css'
import { useCompletions, type SortChoice } from './use-completions.ts'
import { useTextUndo } from './use-text-undo.ts'

export interface QueryBoxHandle {
  readonly focus: () => void
  readonly select: (from: number, to: number) => void
  /** As if it had been typed: undo takes it back. */
  readonly replace: (from: number, to: number, text: string) => void
}

interface Props {
  /** "Query" where nothing is said. */
  readonly label?: string
  /** For `aria-keyshortcuts`. */
  readonly keys?: string
  readonly placeholder?: string
  readonly draft: string
  readonly marks: readonly Mark[]
  readonly wrong: boolean
  readonly describedBy: string
  readonly sorts: readonly SortChoice[]
  readonly handle: Ref<QueryBoxHandle>
  readonly type: (text: string) => void
  /** Puts in what was asked before. */
  readonly recall: (text: string) => void
  /** Enter. */
  readonly run: () => void
  readonly leave: () => void
  readonly older: () => string | undefined
  readonly newer: () => string | undefined
  readonly refuse: (characters: number) => void
  readonly onFocusChange: (focused: boolean) => void
  /** Completions opened or went. */
  readonly onChoosing: (choosing: boolean) => void
  /** Stands at the right end. */
  readonly children?: ReactNode
}

/**
 * A one-line field whose text is drawn a second time behind it, in colours: the field itself is a plain input, so typing,
 * input methods and screen readers work as everywhere.
 */
export function QueryBox(props: Props) {
  const { draft, marks, wrong, describedBy, sorts, handle, type, run, leave, older, newer, refuse } = props
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const mirror = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState(0)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [left, setLeft] = useState(0)
  const replace = (begin: number, end: number, text: string) => {
    if (input.current) replaceText(input.current, begin, end, text, type)
  }
  const put = ({ from, to }: Completions, { insert }: Completion) => {
    const goesOn = /[:(.<>=]$/.test(insert)
    const after = draft[to] ?? ''
    const spaced = goesOn || /[\s),\]]/.test(after) || insideList(draft, from) ? insert : `${insert} `
    replace(from, to, spaced)
    setCursor(from + spaced.length)
    setActive(-1)
    setOpen(goesOn)
  }
  const steps = useTextUndo(draft)
  const hurried = useRef(false)
  const {
    completions: offered,
    standing,
    forget,
    waiting,
  } = useCompletions(draft, cursor, open, sorts, arrived => {
    const [first] = arrived.items
    if (hurried.current && first) put(arrived, first)
    hurried.current = false
  })
  const items = offered?.items ?? []
  const shown = open && items.length > 0
  const { onChoosing } = props
  useEffect(() => onChoosing(shown), [onChoosing, shown])
  const at = Math.min(active, items.length - 1)
  const segments = useMemo(() => segmentsOf(draft, marks), [draft, marks])

  const follow = () => {
    if (mirror.current && input.current) mirror.current.scrollLeft = input.current.scrollLeft
  }
  // Reading where it has scrolled asks for a layout of the whole page: only who types scrolls, and leaving scrolls back.
  const followTyping = () => {
    if (input.current === document.activeElement) follow()
  }
  useLayoutEffect(followTyping, [draft, segments])
  useLayoutEffect(() => {
    if (offered && mirror.current) setLeft(caretPlace(mirror.current, offered.from))
  }, [offered])

  useImperativeHandle(handle, () => ({
    focus: () => {
      input.current?.focus()
      input.current?.select()
    },
    select: (begin, end) => {
      input.current?.focus()
      input.current?.setSelectionRange(begin, end)
    },
    replace,
  }))

  /** Without an item the first. */
  const take = (item?: Completion) => {
    // What was offered for another text would land in the wrong place: who is quicker than the list gets its first line.
    const still = item ? standing?.items.find(({ insert }) => insert === item.insert) : standing?.items[0]
    hurried.current = !still
    if (!standing || !still) return
    forget()
    put(standing, still)
  }
  const recall = (text: string | undefined) => {
    if (text === undefined || !input.current) return
    setOpen(false)
    putText(input.current, text, text.length, props.recall)
    setCursor(text.length)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const act = actionOf(event)
    if (act === undefined || (act === 'accept' && !shown)) return
    event.preventDefault()
    if (act === 'run') {
      if (shown && at >= 0) return take(items[at])
      setOpen(false)
      run()
    } else if (act === 'accept') take(items[at])
    else if (act === 'leave') {
      if (shown) setOpen(false)
      else leave()
    } else if (act === 'offer') setOpen(true)
    else if (act === 'undo') recall(steps.undo())
    else if (act === 'redo') recall(steps.redo())
    else if (act === 'down') {
      if (shown) return setActive((at + 1) % items.length)
      // Who is quicker than the completions stands on the first of them when they come.
      if (waiting) return setActive(0)
      const next = newer()
      if (next === undefined) leave()
      else recall(next)
    } else if (shown && at >= 0) setActive(at - 1)
    else recall(older())
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text').length
    if (draft.length + pasted <= queryLimits.characters) return
    event.preventDefault()
    refuse(pasted)
  }

  return (
    <div className={styles.box} data-wrong={wrong || undefined}>
      <Search className={styles.glass} aria-hidden="true" size={13} />
      <div className={styles.field}>
        <div ref={mirror} className={styles.mirror} aria-hidden="true">
          {segments.map(segment => (
            <span key={segment.at} className={tokens[segment.kind]} data-mark={segment.mark}>
              {visibleText(segment.text)}
            </span>
          ))}
        </div>
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={props.label ?? 'Query'}
          aria-expanded={shown}
          aria-controls={shown ? `${id}-list` : undefined}
          aria-activedescendant={shown && at >= 0 ? `${id}-list-${at}` : undefined}
          aria-autocomplete="list"
          aria-invalid={wrong}
          aria-describedby={describedBy}
          aria-keyshortcuts={props.keys ?? '/'}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className={styles.input}
          data-coloured={segments.length > 0 || undefined}
          placeholder={props.placeholder ?? 'A word, a "phrase", or kind:tool is:error …'}
          value={draft}
          onChange={event => {
            const { value, selectionStart } = event.target
            const caret = selectionStart ?? value.length
            type(value)
            setCursor(caret)
            setActive(-1)
            hurried.current = false
            setOpen(caret > 0 && /[^\s()]/.test(value[caret - 1] ?? ''))
          }}
          onSelect={event => setCursor(event.currentTarget.selectionStart ?? 0)}
          onScroll={follow}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onFocus={() => props.onFocusChange(true)}
          onBlur={() => {
            setOpen(false)
            props.onFocusChange(false)
          }}
        />
      </div>
      {props.children}
      {shown && <CompletionList id={`${id}-list`} items={items} active={at} left={left} take={take} />}
    </div>
  )
}
