import { useMemo } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import { configurationChanges, configurationFrom } from '../../../../shared/diff/configuration.ts'
import { comparisonMarkdown } from '../../../../shared/diff/markdown.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { Changes } from '../../../components/diff/Changes.tsx'
import { DiffPane } from '../../../components/diff/DiffPane.tsx'
import { EmptyState } from '../../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { LongText } from '../../../components/json/LongText.tsx'
import { ScrollRegion } from '../../../components/scroll-region/ScrollRegion.tsx'
import type { PairContext } from '../model/pair.ts'
import { promptWords, versionWords } from '../model/words.ts'
import styles from '../prompts.module.css'
import { usePromptAsk } from '../use-prompt-ask.ts'
import { VersionFacts } from './VersionFacts.tsx'

type Version = Output<'prompts.version'>

/** What two versions say, and what their calls were made with. */
export function Difference({ prompt, a, b, where }: PairContext) {
  const askedA = usePromptAsk('prompts.version', a ? { prompt, version: a.version } : null)
  const askedB = usePromptAsk('prompts.version', b ? { prompt, version: b.version } : null)
  const left = a && askedA.data
  const right = askedB.data
  // What came of it goes along when the difference is copied.
  const isPair = left !== undefined && right !== undefined
  const evidence = usePromptAsk(
    'prompts.compare',
    isPair ? { a: { prompt, version: left.version }, b: { prompt, version: right.version }, ...where } : null,
  )
  const parts = useMemo(
    () => (left && right ? configurationChanges(configurationOf(left), configurationOf(right)) : []),
    [left, right],
  )
  const before = useMemo(() => left && textOf(left), [left])
  const after = useMemo(() => right && textOf(right), [right])
  const failed = [askedA, askedB].find(({ error }) => error)
  if (failed?.error)
    return <ErrorNote title="The versions could not be read." error={failed.error} retry={failed.again} />
  if (!right || !after || (a && (!left || !before))) return null
  if (!left || !before) return <Single version={right} />
  if (left.template === undefined || right.template === undefined) {
    return <NoTemplate version={left.template === undefined ? left : right} />
  }
  const markdown = () =>
    comparisonMarkdown({
      title: prompt,
      from: before.name,
      to: after.name,
      texts: [{ title: roleWords(right), before: before.text, after: after.text }],
      parts,
      notes: (evidence.data?.measures ?? []).flatMap(({ label }, i) => {
        const isFound = ['better', 'worse', 'changed'].includes(evidence.data?.verdicts[i]?.outcome ?? '')
        return isFound ? `${label}: ${evidence.data?.sentences[i] ?? ''}` : []
      }),
    })
  const cut = Math.max(left.cut, right.cut)
  return (
    <div className={styles.stack}>
      <DiffPane before={before} after={after} label={roleWords(right)} markdown={markdown}>
        {cut > 0 && <span className={styles.faint}>{formatCount(cut)} characters at the end are left out.</span>}
      </DiffPane>
      <ScrollRegion className={styles.below} data-pane="Configuration" label="Configuration and variables">
        {parts.length === 0 ? (
          <p className={styles.faint}>
            Model, parameters, tools and output schema are the same in the configuration that most calls of each had.
          </p>
        ) : (
          <Changes parts={parts} />
        )}
        <VersionFacts letter="A" version={left} />
        <VersionFacts letter="B" version={right} />
      </ScrollRegion>
    </div>
  )
}

function Single({ version }: { readonly version: Version }) {
  if (version.template === undefined) return <NoTemplate version={version} />
  return (
    <ScrollRegion className={styles.page} data-pane="Template" label={roleWords(version)}>
      <p className={styles.faint}>There is one version only: nothing to compare it with yet.</p>
      <LongText text={version.template} />
      <VersionFacts letter="" version={version} />
    </ScrollRegion>
  )
}

function NoTemplate({ version }: { readonly version: Version }) {
  return (
    <EmptyState title={`Nobody knows what ${versionWords(version)} says`} within>
      The file names this version but has no template of it, and it could not be recovered from what{' '}
      {formatPlural(version.calls, 'call')} sent. Calls of both can still be compared: by evidence, and on the same
      input.
    </EmptyState>
  )
}

function textOf(version: Version) {
  return { text: version.template ?? '', name: versionWords(version), slots: version.slots }
}

/** Most calls of a version are made alike: those are compared. */
function configurationOf({ configurations }: Version) {
  const most = configurations.toSorted((one, other) => other.calls - one.calls)[0]
  return configurationFrom(most ?? {})
}

function roleWords({ role }: Version): string {
  return role === undefined ? 'Template' : `${promptWords(role.charAt(0).toUpperCase() + role.slice(1))} prompt`
}
