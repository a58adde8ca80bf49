import { useLayoutEffect, useState } from 'react'
import { useClient } from '../../state/client.ts'
import { droppedFiles } from '../../state/dropped-files.ts'
import { useScoreDesk } from '../../state/score-desk.ts'
import { useImportDesk } from '../../state/import-desk.ts'
import styles from '../frame.module.css'

/** Files may be dropped anywhere in the window. Without this a drop would navigate away. */
export function DropOverlay() {
  const client = useClient()
  const desk = useImportDesk()
  const scores = useScoreDesk()
  const [over, setOver] = useState(false)
  // From before the first paint: whoever sees the window may drop on it.
  useLayoutEffect(() => {
    // Enter and leave come for every element on the way; leaving the window has no related target.
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer || !carriesFiles(event)) return
      event.preventDefault()
      setOver(false)
      droppedFiles(event.dataTransfer, !client.knowsPaths)
        .then(scores.take)
        .then(desk.give, () => desk.give([]))
    }
    addEventListener('dragenter', enter)
    addEventListener('dragover', enter)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragenter', enter)
      removeEventListener('dragover', enter)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [client, desk, scores])
  if (!over) return null
  return (
    <div className={styles.drop}>
      <p>
        <strong>Drop to import</strong>
        Files and folders. Nothing leaves this machine.
      </p>
    </div>
  )
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}
