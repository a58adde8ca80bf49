import type { Output } from '../../../../shared/contract/index.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { originWords, replayWords, seenWords, surenessHelp, versionWords } from '../model/words.ts'
import styles from '../prompts.module.css'

type Version = Output<'prompts.version'>

const said = [
  ['labels', 'Labels'],
  ['environments', 'Environments'],
  ['releases', 'Releases'],
  ['authors', 'Authors'],
  ['owners', 'Owners'],
  ['approvals', 'Approval'],
  ['deployments', 'Deployed'],
] as const

/** What is known of a version beside its text: its variables with examples, and what its file says of it. */
export function VersionFacts({ letter, version }: { readonly letter: string; readonly version: Version }) {
  const { slots, configurations, sureness } = version
  const named = new Map(slots.map(slot => [slot.name, slot]))
  return (
    <section className={styles.facts} aria-label={`About ${versionWords(version)}`}>
      <h2>
        {letter} {versionWords(version)}
        <small>
          {originWords(version)}, {seenWords(version)}, {formatPlural(version.calls, 'call')}
          {version.replays !== undefined && `, ${replayWords(version)}`}
        </small>
      </h2>
      {sureness && <p className={styles.faint}>{surenessHelp[sureness]}</p>}
      <dl>
        {named.size > 0 && (
          <>
            <dt>Variables</dt>
            <dd>
              {[...named.values()].map(({ name, type, examples }) => (
                <span
                  key={name}
                  className={styles.variable}
                  title={examples.map(one => visibleLine(one, 80)).join('\n')}
                >
                  <code>{visibleLine(name, 60)}</code> {type}
                  {examples[0] !== undefined && <i>{visibleLine(examples[0], 40)}</i>}
                </span>
              ))}
            </dd>
          </>
        )}
        {said.flatMap(([field, label]) =>
          version[field].length === 0
            ? []
            : [
                <dt key={`${field} name`}>{label}</dt>,
                <dd key={field}>{version[field].map(one => visibleLine(one, 80)).join(', ')}</dd>,
              ],
        )}
        {configurations.length > 1 && (
          <>
            <dt>Configurations</dt>
            <dd>
              {formatCount(configurations.length)}; most calls had{' '}
              {visibleLine(configurations.toSorted((a, b) => b.calls - a.calls)[0]?.model ?? 'no model named', 60)}
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}
