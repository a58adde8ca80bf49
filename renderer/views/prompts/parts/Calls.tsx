import { useState } from 'react'
import type { PromptEdit } from '../../../../shared/contract/prompt-edits.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { formatDateTime } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { Button } from '../../../components/button/Button.tsx'
import { EmptyState } from '../../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { ScrollRegion } from '../../../components/scroll-region/ScrollRegion.tsx'
import { callsMatching } from '../model/address.ts'
import { queryOf, type PairContext } from '../model/pair.ts'
import { versionWords } from '../model/words.ts'
import styles from '../prompts.module.css'
import { usePromptAsk } from '../use-prompt-ask.ts'

interface Props extends PairContext {
  readonly edit: (edit: PromptEdit, words: string) => Promise<boolean>
}

/** Calls on a page. */
const page = 100

/** Calls of the version that is looked at, with the values of their variables; of a recovered one some can be split off. */
export function Calls({ prompt, b, query, edit }: Props) {
  const [offset, setOffset] = useState(0)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const version = b?.version ?? null
  const { data, error, again, slow } = usePromptAsk(
    'prompts.calls',
    b ? { prompt, version, offset, limit: page } : null,
  )
  if (!b) return null
  if (error) return <ErrorNote title="The calls could not be read." error={error} retry={again} />
  if (!data) return slow ? <p className={styles.waiting}>Reading calls…</p> : null
  if (data.total === 0) return <EmptyState title="No calls of this version" within />
  const canSplit = b.recovered && version !== null
  const toggle = (id: number) =>
    setChosen(old => {
      const next = new Set(old)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const split = async () => {
    if (version === null) return
    const words = `${formatPlural(chosen.size, 'call')} of ${versionWords(b)}, and those sent the same, are a version of their own`
    if (await edit({ type: 'split', prompt, version, calls: [...chosen] }, words)) setChosen(new Set())
  }
  return (
    <ScrollRegion className={styles.page} data-pane="Calls" label="Calls of the version">
      <p className={styles.bar}>
        <span>
          {formatCount(offset + 1)} to {formatCount(offset + data.calls.length)} of{' '}
          <a href={`#${callsMatching(queryOf(b, query))}`}>{formatPlural(data.total, 'call')}</a> of {versionWords(b)}
        </span>
        <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - page))}>
          Newer
        </Button>
        <Button disabled={offset + page >= data.total} onClick={() => setOffset(offset + page)}>
          Older
        </Button>
        {canSplit && (
          <Button
            disabled={chosen.size === 0}
            title="Calls that were sent exactly the same text as one of these go along"
            onClick={() => void split()}
          >
            Make {chosen.size === 0 ? 'the chosen' : formatCount(chosen.size)} a version of their own
          </Button>
        )}
      </p>
      <table className={styles.calls} data-old={slow || undefined}>
        <thead>
          <tr>
            {canSplit && (
              <th scope="col">
                <span className="spoken">Chosen</span>
              </th>
            )}
            <th scope="col">Started</th>
            <th scope="col">Values of variables</th>
          </tr>
        </thead>
        <tbody>
          {data.calls.map(({ id, traceId, start, variables }) => {
            const when = start === undefined ? 'undated' : formatDateTime(start)
            return (
              <tr key={id}>
                {canSplit && (
                  <td>
                    <input
                      type="checkbox"
                      aria-label={`Choose the call of ${when}`}
                      checked={chosen.has(id)}
                      onChange={() => toggle(id)}
                    />
                  </td>
                )}
                <td>
                  <a href={`#/trace/${encodeURIComponent(traceId)}?span=${id}`}>{when}</a>
                </td>
                <td>
                  {variables.length === 0 && <span className={styles.faint}>none known</span>}
                  {variables.map(({ name, value, cut }) => (
                    <span key={name} className={styles.variable} title={visibleLine(value, 1000)}>
                      <code>{visibleLine(name, 40)}</code> {visibleLine(value, 100)}
                      {cut > 0 && <i>{formatCount(cut)} characters more</i>}
                    </span>
                  ))}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
