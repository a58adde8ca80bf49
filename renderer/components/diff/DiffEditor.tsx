import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { KeyCode, KeyMod } from 'monaco-editor/editor'
import { useLatest } from '../../state/use-latest.ts'
import { editor } from '../raw-editor/monaco.ts'
import 'monaco-editor/features/diffEditor/register'
import 'monaco-editor/features/unicodeHighlighter/register'
import styles from './diff.module.css'
import type { DiffLook } from './look.ts'
import { placesOf, type Slot } from './slots.ts'

export interface DiffText {
  readonly text: string
  /** What this side is called: `v6`. */
  readonly name: string
  readonly slots?: readonly Slot[]
}

export interface DiffHandle {
  /** To the next change or the one before; after the last comes the first. */
  readonly go: (by: 1 | -1) => void
  /** The changes as a list of lines that is read out. */
  readonly list: () => void
}

interface Props {
  readonly before: DiffText
  readonly after: DiffText
  readonly label: string
  /** Number of the first line: the texts may be parts of longer ones. */
  readonly firstLine: number
  readonly look: DiffLook
  readonly handle: Ref<DiffHandle>
  /** How many changes there are, once that is known. */
  readonly onChanges: (count: number) => void
  readonly onEscape: () => void
  /** The later text can be written in; absent: neither can. */
  readonly onEdit?: ((text: string) => void) | undefined
}

/** Milliseconds that a difference may take; then what is not told apart by then is one change. Texts stand there meanwhile. */
const longestWait = 3000
/** Pixels below which two texts have no room beside each other. */
const narrowest = 640

// These keys are the window's: the editor would take F7 for a list of its own.
editor.addKeybindingRules([
  { keybinding: KeyCode.F7, command: null },
  { keybinding: KeyMod.Shift | KeyCode.F7, command: null },
])

/** Two texts side by side; who is told of edits lets the later one be written in. One editor; only its texts are replaced. Nothing in them can be followed. */
export default function DiffEditor({
  before,
  after,
  label,
  firstLine,
  look,
  handle,
  onChanges,
  onEscape,
  onEdit,
}: Props) {
  const host = useRef<HTMLDivElement>(null)
  const instance = useRef<editor.IStandaloneDiffEditor>(undefined)
  const escape = useLatest(onEscape)
  const told = useLatest(onChanges)
  const edited = useLatest(onEdit)
  const isEditable = onEdit !== undefined

  useLayoutEffect(() => {
    if (!host.current) return undefined
    const created = editor.createDiffEditor(host.current, {
      readOnly: !isEditable,
      domReadOnly: !isEditable,
      maxComputationTime: longestWait,
      originalEditable: false,
      theme: 'spanwise',
      automaticLayout: true,
      fontFamily: getComputedStyle(host.current).fontFamily,
      fontSize: 12,
      lineHeight: 18,
      wordWrap: 'on',
      diffWordWrap: 'on',
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      lineNumbersMinChars: 3,
      folding: false,
      contextmenu: false,
      links: false,
      renderSideBySideInlineBreakpoint: narrowest,
      renderMarginRevertIcon: false,
      renderGutterMenu: false,
      unicodeHighlight: {
        ambiguousCharacters: true,
        invisibleCharacters: true,
        includeComments: true,
        includeStrings: true,
      },
      renderControlCharacters: true,
      stickyScroll: { enabled: false },
      scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
      padding: { top: 6, bottom: 6 },
    })
    const offs = [created.getOriginalEditor(), created.getModifiedEditor()].map(side =>
      // Escape leaves, unless it closes the find box first.
      side.onKeyDown(event => {
        if (event.browserEvent.key !== 'Escape' || host.current?.querySelector('.find-widget.visible')) return
        event.preventDefault()
        event.stopPropagation()
        escape.current()
      }),
    )
    offs.push(created.onDidUpdateDiff(() => told.current(created.getLineChanges()?.length ?? 0)))
    instance.current = created
    return () => {
      for (const off of offs) off.dispose()
      created.dispose()
      instance.current = undefined
    }
  }, [escape, told, isEditable])

  useEffect(() => {
    instance.current?.updateOptions({
      renderSideBySide: look.split,
      ignoreTrimWhitespace: !look.whitespace,
      hideUnchangedRegions: { enabled: look.onlyChanges },
      lineNumbers: n => String(n + firstLine - 1),
    })
    instance.current?.getOriginalEditor().updateOptions({ ariaLabel: `${label}, ${before.name}, read only` })
    instance.current
      ?.getModifiedEditor()
      .updateOptions({ ariaLabel: `${label}, ${after.name}${isEditable ? '' : ', read only'}` })
  }, [look, label, firstLine, before.name, after.name, isEditable])

  useEffect(() => {
    const original = editor.createModel(before.text, 'plaintext')
    const modified = editor.createModel(after.text, 'plaintext')
    const created = instance.current
    created?.setModel({ original, modified })
    // Once that is known: a change at the end of a long prompt is what somebody came for.
    created?.revealFirstDiff()
    for (const [model, { text, slots }] of [
      [original, before],
      [modified, after],
    ] as const) {
      const places = placesOf(text, slots ?? [])
      model.deltaDecorations(
        [],
        places.map(range => ({ range, options: { inlineClassName: styles.slot!, description: 'slot' } })),
      )
    }
    modified.onDidChangeContent(() => edited.current?.(modified.getValue()))
    return () => {
      // Gone by now where the whole editor is.
      instance.current?.setModel(null)
      original.dispose()
      modified.dispose()
    }
  }, [before, after, edited])

  useImperativeHandle(handle, () => ({
    go: by => instance.current?.goToDiff(by > 0 ? 'next' : 'previous'),
    list: () => instance.current?.accessibleDiffViewerNext(),
  }))
  return <div ref={host} className={styles.editor} />
}
