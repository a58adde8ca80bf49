import { RotateCcw } from 'lucide-react'
import type { PromptVersionRow } from '../../../../shared/contract/prompts.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { replayHelp, replayWords } from '../model/words.ts'
import styles from '../prompts.module.css'

/** How many of these calls were sent again from here: short, for a row whose name says it in words. */
export function ReplayMark({ of }: { readonly of: Pick<PromptVersionRow, 'calls' | 'replays'> }) {
  if (of.replays === undefined) return null
  return (
    <span className={styles.replays} data-title={`${replayWords(of)}. ${replayHelp}`} aria-hidden="true">
      <RotateCcw size={11} />
      {formatCount(of.replays)}
    </span>
  )
}
