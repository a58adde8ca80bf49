import { useState } from 'react'
import { useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { AskedDialog, noteActions, type AskedNote } from '../../../components/notes/AskedDialog.tsx'
import { NoteBar } from '../../../components/notes/NoteBar.tsx'
import { giveScores } from '../../../state/give-scores.ts'
import { noNote } from '../../../state/notes.ts'
import { toRequestError } from '../../../state/request-error.ts'
import { useSpanNotes } from '../../../state/span-notes.ts'
import { tell, tellDone } from '../../../state/undo.ts'
import { scoreLine, type GivenScore } from '../model/given-score.ts'
import { ScoreDialog } from './ScoreDialog.tsx'

interface Props {
  readonly traceId: string
  readonly spanId: string
  /** Of the stored answer. */
  readonly row: number
}

/** What a person thinks of an answer, where it is seen: a star keeps it at hand, a note, tags, scores. All of it is undone. */
export function Verdict({ traceId, spanId, row }: Props) {
  const client = useClient()
  const note = useSpanNotes([row]).get(row) ?? noNote
  const [asked, setAsked] = useState<AskedNote | 'score'>()
  const close = () => setAsked(undefined)
  const give = async (score: GivenScore) => {
    close()
    try {
      const words = `Scored ${score.name} ${score.value}`
      // Each is a file of its own, so that undoing one takes no other along.
      const file = `replay ${new Date().toISOString()}.jsonl`
      tellDone(await giveScores(client, file, scoreLine({ traceId, spanId }, score), words))
    } catch (error) {
      tell(`The score could not be kept: ${toRequestError(error).message}`, true)
    }
  }
  return (
    <>
      <NoteBar what="answer" {...noteActions(client, { of: 'spans', id: row }, note, setAsked)} />
      <Button look="quiet" onClick={() => setAsked('score')}>
        Score…
      </Button>
      {asked === 'score' && <ScoreDialog give={score => void give(score)} close={close} />}
      {typeof asked === 'object' && <AskedDialog asked={asked} note={note} close={close} />}
    </>
  )
}
