import { useEffect, useRef } from 'react'
import { type IKeyboardEvent, KeyCode, KeyMod } from 'monaco-editor/editor'
import { useLatest } from '../../state/use-latest.ts'
import { looks } from './looks.ts'
import { editor } from './monaco.ts'
import styles from './raw-editor.module.css'

/** What is done to a text. It is undone by whoever keeps it: the editor has no memory of its own. */
export interface TextEdits {
  readonly change: (text: string) => void
  readonly undo: () => void
  readonly redo: () => void
}

/** A stretch of a text that is marked: underlined, and beside its lines. */
export interface TextMark {
  readonly start: number
  readonly end: number
  readonly kind: 'missing' | 'wrong' | 'edited'
}

interface Props {
  readonly text: string
  readonly label: string
  readonly edits: TextEdits
  readonly marks?: readonly TextMark[]
  /** Is selected and brought in sight, each time it is another object. */
  readonly goTo?: { readonly start: number; readonly end: number } | undefined
  readonly onEscape: () => void
}

// This key is the window's: the editor would take it for its find box, which has it while one is in there.
editor.addKeybindingRules([{ keybinding: KeyMod.Alt | KeyCode.KeyR, command: null, when: 'editorTextFocus' }])

const noMarks: readonly TextMark[] = []

/** A text of JSON that is written here or elsewhere: both show the same. */
export default function TextEditor({ text, label, edits, marks = noMarks, goTo, onEscape }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const instance = useRef<editor.IStandaloneCodeEditor>(undefined)
  const latest = useLatest({ edits, onEscape })
  const decorations = useRef<editor.IEditorDecorationsCollection>(undefined)

  useEffect(() => {
    if (!host.current) return undefined
    const model = editor.createModel('', 'json')
    const created = editor.create(host.current, { ...looks(host.current), model })
    // A text that comes from elsewhere is no edit, whatever the editor makes of its line ends.
    const changes = model.onDidChangeContent(event => {
      if (!event.isFlush) latest.current.edits.change(model.getValue())
    })
    const keys = created.onKeyDown(event => {
      const undoing = undoKey(event)
      const leaves = event.browserEvent.key === 'Escape' && !host.current?.querySelector('.find-widget.visible')
      if (undoing === undefined && !leaves) return
      event.preventDefault()
      event.stopPropagation()
      if (undoing === undefined) latest.current.onEscape()
      else latest.current.edits[undoing]()
    })
    instance.current = created
    return () => {
      keys.dispose()
      changes.dispose()
      created.dispose()
      model.dispose()
      instance.current = undefined
      decorations.current = undefined
    }
  }, [latest])

  useEffect(() => {
    instance.current?.updateOptions({ ariaLabel: label })
  }, [label])

  useEffect(() => {
    const created = instance.current
    if (!created || created.getValue() === text) return
    const place = created.getPosition()
    created.setValue(text)
    if (place) created.setPosition(place)
  }, [text])

  useEffect(() => {
    const created = instance.current
    const model = created?.getModel()
    if (!created || !model) return
    decorations.current ??= created.createDecorationsCollection()
    decorations.current.set(
      marks.map(({ start, end, kind }) => ({
        range: rangeOf(model, start, end),
        options: {
          linesDecorationsClassName: styles[`${kind}Lines`] ?? null,
          // What is edited is marked beside its lines alone: it is read on.
          ...(kind === 'edited' ? {} : { inlineClassName: styles[kind] ?? null }),
        },
      })),
    )
  }, [marks])

  useEffect(() => {
    const created = instance.current
    const model = created?.getModel()
    if (!created || !model || !goTo) return
    const range = rangeOf(model, goTo.start, goTo.end)
    created.setSelection(range)
    created.revealRangeInCenter(range)
    created.focus()
  }, [goTo])

  return <div ref={host} className={styles.editor} />
}

/** Line ends may be told otherwise than they are written, so places are asked of the text as the editor has it. */
function rangeOf(model: editor.ITextModel, start: number, end: number) {
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)]
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  }
}

function undoKey({ browserEvent: { key, ctrlKey, metaKey, shiftKey } }: IKeyboardEvent): 'undo' | 'redo' | undefined {
  if (!ctrlKey && !metaKey) return undefined
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo'
  return key.toLowerCase() === 'y' ? 'redo' : undefined
}
