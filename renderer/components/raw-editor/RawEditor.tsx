import { useEffect, useRef } from 'react'
import { looks } from './looks.ts'
import { editor } from './monaco.ts'
import styles from './raw-editor.module.css'
import { useLatest } from '../../state/use-latest.ts'

interface Props {
  readonly text: string
  readonly label: string
  /** Moves the cursor into the text as soon as it is there. */
  readonly focus?: boolean
  readonly onEscape: () => void
}

/** A read-only editor: find, fold, select, copy. One editor; only its text is replaced. */
export default function RawEditor({ text, label, focus = false, onEscape }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const instance = useRef<editor.IStandaloneCodeEditor>(undefined)
  const escape = useLatest(onEscape)

  useEffect(() => {
    if (!host.current) return undefined
    const created = editor.create(host.current, {
      model: null,
      readOnly: true,
      domReadOnly: true,
      ariaLabel: label,
      ...looks(host.current),
    })
    // Escape leaves, unless it closes the find box first.
    const keys = created.onKeyDown(event => {
      if (event.browserEvent.key !== 'Escape') return
      if (host.current?.querySelector('.find-widget.visible')) return
      event.preventDefault()
      event.stopPropagation()
      escape.current()
    })
    instance.current = created
    return () => {
      keys.dispose()
      created.dispose()
      instance.current = undefined
    }
    // The label is set below without making the editor anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  useEffect(() => {
    const model = editor.createModel(text, 'json')
    instance.current?.updateOptions({ ariaLabel: label })
    instance.current?.setModel(model)
    return () => model.dispose()
  }, [text, label])

  useEffect(() => {
    if (focus) instance.current?.focus()
  }, [focus, text])

  return <div ref={host} className={styles.editor} />
}
