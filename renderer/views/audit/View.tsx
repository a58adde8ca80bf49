import { ClipboardCheck } from 'lucide-react'
import { auditGaps, type Audit, type AuditGap } from '../../../shared/domain/audit.ts'
import { formatCount, formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { navigate, useAsk, useRoute } from '../../app/view.ts'
import { Button } from '../../components/button/Button.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { OpenActions } from '../../components/open-actions/OpenActions.tsx'
import { ScrollRegion } from '../../components/scroll-region/ScrollRegion.tsx'
import styles from './audit.module.css'
import { gapWords } from './gap-words.ts'

/** Whether the logs contain what they should, before anybody trusts a figure made of them. */
export function AuditView() {
  const written = Number(useRoute().query.get('import') ?? Number.NaN)
  const importId = Number.isInteger(written) && written > 0 ? written : undefined
  const asked = useAsk('store.audit', importId === undefined ? {} : { import: importId }, { live: true })
  const found = asked.data
  if (asked.error) return <ErrorNote title="The audit could not be made." error={asked.error} retry={asked.again} />
  if (!found) return asked.slow ? <p className={styles.wait}>Reading every span once…</p> : null
  if (found.calls === 0) {
    return (
      <EmptyState icon={ClipboardCheck} title="No model calls to audit" actions={<OpenActions />}>
        {found.spans > 0
          ? `There are ${formatPlural(found.spans, 'span')} here, and none is a call of a model.`
          : 'Open a dump, and what its calls lack is listed here.'}
      </EmptyState>
    )
  }
  const missing = auditGaps.filter(gap => found.lacks[gap] > 0)
  return (
    <ScrollRegion className={styles.page} aria-busy={asked.slow} label="Audit">
      <div className={styles.head}>
        <h1>
          {formatPlural(found.calls, 'call')} in {formatPlural(found.traces, 'trace')}
          {importId !== undefined && ` of import ${importId}`}
        </h1>
        {importId !== undefined && <Button onClick={() => navigate('/audit')}>Audit the whole store</Button>}
      </div>
      {missing.length === 0 ? (
        <p>
          Every call has text, tokens, a cost, a model, a prompt version, a session, a user, a release and an
          environment.
        </p>
      ) : (
        <Gaps found={found} missing={missing} />
      )}
      <Incomplete found={found} />
      <Silences found={found} />
    </ScrollRegion>
  )
}

function Gaps({ found, missing }: { readonly found: Audit; readonly missing: readonly AuditGap[] }) {
  return (
    <section aria-label="What calls lack">
      <h2>What calls lack</h2>
      <ScrollRegion className={styles.scroll} label="Calls that lack something">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Environment</th>
              <th scope="col">Feature</th>
              <th scope="col" className={styles.number}>
                Calls
              </th>
              {missing.map(gap => (
                <th key={gap} scope="col" className={styles.number} title={gapWords[gap].why}>
                  no {gapWords[gap].name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className={styles.all}>
              <th scope="row" colSpan={2}>
                all
              </th>
              <td className={styles.number}>{formatCount(found.calls)}</td>
              {missing.map(gap => (
                <Share key={gap} count={found.lacks[gap]} of={found.calls} />
              ))}
            </tr>
            {found.groups.map((group, i) => (
              // Groups are sorted and distinct; either name may be absent.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={i}>
                <td>{group.environment === undefined ? '—' : visibleLine(group.environment, 60)}</td>
                <td>{group.feature === undefined ? '—' : visibleLine(group.feature, 60)}</td>
                <td className={styles.number}>{formatCount(group.calls)}</td>
                {missing.map(gap => (
                  <Share key={gap} count={group.lacks[gap]} of={group.calls} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {found.groupCount > found.groups.length && (
        <p className={styles.aside}>
          {formatCount(found.groupCount - found.groups.length)} smaller groups are not listed.
        </p>
      )}
      <ul className={styles.why}>
        {missing.map(gap => (
          <li key={gap}>
            <b>No {gapWords[gap].name}:</b> {gapWords[gap].why}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Share({ count, of }: { readonly count: number; readonly of: number }) {
  return (
    <td
      className={styles.number}
      title={`${formatCount(count)} of ${formatPlural(of, 'call')}`}
      data-some={count > 0 || undefined}
    >
      {count === 0 ? '0' : formatShare(count, of)}
    </td>
  )
}

function Incomplete({ found: { incomplete } }: { readonly found: Audit }) {
  const said = (
    [
      [incomplete.missingParents, 'with spans whose parents are in none of the files: sampled, or in another file'],
      [incomplete.noRoot, 'without a root'],
      [incomplete.unfinished, 'with spans that never ended: cut short, or still running when they were exported'],
      [incomplete.onlyFragments, 'known only from records about their spans: their own file is missing'],
      [incomplete.undated, 'without any time'],
    ] as const
  ).filter(([count]) => count > 0)
  return (
    <section aria-label="Whole traces">
      <h2>Whole traces</h2>
      {said.length === 0 ? (
        <p>Every trace has a root, and every span its parent and its end.</p>
      ) : (
        <ul>
          {said.map(([count, what]) => (
            <li key={what}>
              {formatPlural(count, 'trace')} {what}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Silences({ found: { silences, silenceCount } }: { readonly found: Audit }) {
  return (
    <section aria-label="Gaps in time">
      <h2>Gaps in time</h2>
      {silenceCount === 0 ? (
        <p>No stretch without a trace is longer than an hour and than twenty times the usual distance.</p>
      ) : (
        <>
          <p>
            Nothing was logged in {formatPlural(silenceCount, 'stretch', 'stretches')} longer than an hour and than
            twenty times the usual distance between traces{silenceCount > silences.length && '; the longest ten'}:
          </p>
          <ul>
            {silences.map(({ from, until }) => (
              <li key={from}>
                {formatDuration((Number(until) - Number(from)) / 1000)} from {formatDateTime(from)} to{' '}
                {formatDateTime(until)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
