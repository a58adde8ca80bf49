import { useEffect, useState } from 'react'
import type { Recovery } from '../../../../shared/contract/prompts.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { useAsk, useClient } from '../../../app/view.ts'
import { ProgressBar } from '../../../components/progress-bar/ProgressBar.tsx'
import styles from '../prompts.module.css'

/** While calls are still looked at, or where that failed: what stands here is not all yet. */
export function RecoveryLine() {
  const client = useClient()
  const { data } = useAsk('prompts.status', {}, { live: true })
  const [told, setTold] = useState<Recovery>()
  useEffect(() => client.on('prompts.progress', setTold), [client])
  const now = told ?? data
  if (!now || now.state === 'complete') return null
  if (now.state === 'failed') {
    return (
      <p className={styles.recovery} role="alert">
        Prompts that no file names could not be recovered: {visibleLine(now.message ?? 'no reason was given', 300)}
      </p>
    )
  }
  return (
    <div className={styles.recovery}>
      <span>
        Recovering prompts from what was sent: {formatCount(now.done)} of {formatPlural(now.all, 'call')}. More prompts
        and versions may come.
      </span>
      <ProgressBar label="Recovering prompts" share={now.all > 0 ? now.done / now.all : undefined} />
    </div>
  )
}
