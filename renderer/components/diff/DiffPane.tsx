import { ArrowDown, ArrowUp, Columns2, FoldVertical, Pilcrow, Rows2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { formatPlural } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { unifiedPatch } from '../../../shared/diff/patch.ts'
import { announce } from '../../app/announce.ts'
import { keysOf } from '../../app/bindings.ts'
import { ariaKeys, showKeys, useCommands, type CommandInfo } from '../../app/view.ts'
import { useStore } from '../../state/store.ts'
import { Button } from '../button/Button.tsx'
import { copyText } from '../messages/copy-text.ts'
import popup from '../popup/popup.module.css'
import { diffCommands } from './commands.ts'
import type { DiffHandle, DiffText } from './DiffEditor.tsx'
import styles from './diff.module.css'
import { excerptOf } from './excerpt.ts'
import { diffLook, lookAnew, lookOf } from './look.ts'

/** 3 MB that load with the first comparison, or before it where one is likely. */
export const loadDiffEditor = () => import('./DiffEditor.tsx')
const DiffEditor = lazy(loadDiffEditor)

interface Props {
  /** One object as long as the text is the same. */
  readonly before: DiffText
  readonly after: DiffText
  /** What the texts are: System prompt. */
  readonly label: string
  /** The whole comparison for a pull request; made when it is asked for. */
  readonly markdown: () => string
  /** Lets the later text be written in: what it says now, and who is told when it says something else. */
  readonly edit?: { readonly text: string; readonly set: (text: string) => void }
  /** What else can be chosen, before the tools. */
  readonly children?: ReactNode
}

/** Two texts and their difference (of long ones a part at first), with the tools to walk through it and to take it along. */
export function DiffPane({ before, after, label, markdown, edit, children }: Props) {
  const kept = lookOf(useStore(diffLook))
  const look = edit ? { ...kept, onlyChanges: kept.onlyChangesOfDraft } : kept
  const fold = (on: boolean) => lookAnew(edit ? { onlyChangesOfDraft: on } : { onlyChanges: on })
  const handle = useRef<DiffHandle>(null)
  const pane = useRef<HTMLElement>(null)
  const [found, setFound] = useState<{ readonly of: DiffText; readonly to: DiffText; readonly count: number }>()
  const onChanges = useCallback(
    (count: number) =>
      setFound(old => (isOf(old, before, after) && old.count === count ? old : { of: before, to: after, count })),
    [before, after],
  )
  const changes = isOf(found, before, after) ? found.count : undefined
  const [whole, setWhole] = useState<DiffText>()
  const isWhole = edit !== undefined || whole === after
  const excerpt = useMemo(() => (isWhole ? undefined : excerptOf(before, after)), [isWhole, before, after])
  const text = edit?.text ?? after.text
  const isSame = before.text === text
  const go = (by: 1 | -1) => {
    if (changes === 0 || isSame) announce('Nothing differs')
    else handle.current?.go(by)
  }
  const copy = (what: string, text: string) =>
    void copyText(text).then(
      () => announce(`${what} copied`),
      () => announce(`${what} could not be copied: press once more`),
    )
  const copyPatch = () => {
    const names = { before: `${label} ${before.name}`, after: `${label} ${after.name}` }
    if (isSame) announce('Nothing differs: there is no patch')
    else copy('Patch', unifiedPatch(names, before.text, text))
  }
  const copyMarkdown = () => copy('Comparison', markdown())
  useCommands([
    { ...diffCommands.next, run: () => go(1) },
    { ...diffCommands.previous, run: () => go(-1) },
    { ...diffCommands.list, when: () => !isSame, run: () => handle.current?.list() },
    { ...diffCommands.split, run: () => lookAnew({ split: !look.split }) },
    { ...diffCommands.whitespace, run: () => lookAnew({ whitespace: !look.whitespace }) },
    { ...diffCommands.onlyChanges, run: () => fold(!look.onlyChanges) },
    { ...diffCommands.copyPatch, run: copyPatch },
    { ...diffCommands.copyMarkdown, run: copyMarkdown },
  ])
  return (
    <section
      ref={pane}
      className={styles.pane}
      data-pane="Difference"
      aria-label={`${label}: what differs`}
      tabIndex={-1}
    >
      <div className={styles.tools} role="toolbar" aria-label="How the difference is shown">
        {children}
        <span className={styles.count} role="status">
          {excerpt && changes !== undefined && !isSame
            ? `${formatPlural(changes, 'change')} in the part below`
            : countWords(before, { ...after, text }, changes, look.whitespace)}
        </span>
        <span className={styles.end}>
          <Tool of={diffCommands.previous} run={() => go(-1)}>
            <ArrowUp size={13} aria-hidden />
          </Tool>
          <Tool of={diffCommands.next} run={() => go(1)}>
            <ArrowDown size={13} aria-hidden />
          </Tool>
          <Toggle on={look.split} set={split => lookAnew({ split })} label="Side by side">
            {look.split ? <Columns2 size={13} aria-hidden /> : <Rows2 size={13} aria-hidden />}
          </Toggle>
          <Toggle
            on={look.whitespace}
            set={whitespace => lookAnew({ whitespace })}
            label="White space at the ends of lines counts"
          >
            <Pilcrow size={13} aria-hidden />
          </Toggle>
          <Toggle on={look.onlyChanges} set={fold} label="Only what differs">
            <FoldVertical size={13} aria-hidden />
          </Toggle>
          <button type="button" className={popup.tool} title={diffCommands.copyPatch.title} onClick={copyPatch}>
            Copy patch
          </button>
          <button type="button" className={popup.tool} title={diffCommands.copyMarkdown.title} onClick={copyMarkdown}>
            Copy Markdown
          </button>
        </span>
      </div>
      <div className={styles.names} aria-hidden="true">
        <span>− {visibleLine(before.name, 120)}</span>
        <span>+ {visibleLine(after.name, 120)}</span>
      </div>
      {excerpt && (
        <p className={styles.excerpt}>
          <span>
            {[
              'These texts are long',
              ...(excerpt.same > 0
                ? [`the first ${formatPlural(excerpt.same, 'character')}, the same in both, are left out`]
                : []),
              ...(excerpt.behind > 0
                ? [`${formatPlural(excerpt.behind, 'character')} behind this part are not compared`]
                : []),
            ].join('; ')}
            .
          </span>
          <Button look="quiet" onClick={() => setWhole(after)}>
            Compare all of it
          </Button>
        </p>
      )}
      <div className={styles.body}>
        <Suspense fallback={<p className={styles.loading}>Loading the editor…</p>}>
          <DiffEditor
            before={excerpt?.before ?? before}
            after={excerpt?.after ?? after}
            label={label}
            firstLine={excerpt?.line ?? 1}
            look={look}
            handle={handle}
            onChanges={onChanges}
            onEscape={() => pane.current?.focus()}
            onEdit={edit?.set}
          />
        </Suspense>
      </div>
    </section>
  )
}

interface Found {
  readonly of: DiffText
  readonly to: DiffText
  readonly count: number
}

function isOf(found: Found | undefined, before: DiffText, after: DiffText): found is Found {
  return found?.of === before && found.to === after
}

function countWords(before: DiffText, after: DiffText, changes: number | undefined, whitespace: boolean): string {
  if (before.text === after.text) return 'The same, to the letter'
  if (changes === undefined) return 'Comparing…'
  if (changes > 0) return formatPlural(changes, 'change')
  return whitespace || before.text.includes('\r') !== after.text.includes('\r')
    ? 'Only the ends of lines differ'
    : 'Only white space at the ends of lines differs'
}

interface ToolProps {
  readonly of: CommandInfo
  readonly run: () => void
  readonly children: ReactNode
}

function Tool({ of, run, children }: ToolProps) {
  const keys = keysOf(of)[0]
  return (
    <button
      type="button"
      className={popup.tool}
      aria-label={of.title}
      aria-keyshortcuts={keys && ariaKeys(keys)}
      title={keys ? `${of.title} (${showKeys(keys)})` : of.title}
      onClick={run}
    >
      {children}
    </button>
  )
}

interface ToggleProps {
  readonly on: boolean
  readonly set: (on: boolean) => void
  readonly label: string
  readonly children: ReactNode
}

function Toggle({ on, set, label, children }: ToggleProps) {
  return (
    <button
      type="button"
      className={popup.tool}
      aria-pressed={on}
      aria-label={label}
      title={label}
      onClick={() => set(!on)}
    >
      {children}
    </button>
  )
}
