import { Menu } from '@base-ui/react/menu'
import type { Prompt } from '../../../../shared/domain/message.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { navigate, useAsk } from '../../../app/view.ts'
import popup from '../../../components/popup/popup.module.css'
import { PopupMenu } from '../../../components/popup/PopupMenu.tsx'
import { promptAddress } from '../../../state/prompt-address.ts'
import { nameOf, type PromptToTry } from '../model/prompt-requests.ts'

interface Props {
  readonly prompt: Prompt | undefined
  readonly tryPrompt: (tried: PromptToTry) => void
}

/** Versions and drafts of the call's prompt, each a request beside the others. */
export function PromptMenu({ prompt, tryPrompt }: Props) {
  if (prompt?.name === undefined) return null
  return (
    <PopupMenu label="Prompt" align="start">
      <Versions name={prompt.name} version={prompt.version} tryPrompt={tryPrompt} />
    </PopupMenu>
  )
}

/** That are offered, the last seen. */
const most = 30

interface VersionsProps {
  readonly name: string
  readonly version: string | undefined
  readonly tryPrompt: Props['tryPrompt']
}

function Versions({ name, version, tryPrompt }: VersionsProps) {
  const { data, error } = useAsk('prompts.versions', { prompt: name })
  if (!data) return <p className={popup.hint}>{error ? error.message : 'Reading versions…'}</p>
  const versions = data.versions.toSorted((a, b) => (b.lastSeen ?? 0) - (a.lastSeen ?? 0))
  const words = ({ version: one, title }: (typeof versions)[number]) => title ?? one ?? 'no version named'
  return (
    <>
      <p className={popup.hint}>{visibleLine(name, 80)}, with this call’s values</p>
      {versions.slice(0, most).flatMap(one => [
        <Menu.Item
          key={one.version}
          className={popup.item}
          onClick={() => tryPrompt({ wanted: { prompt: name, version: one.version }, name: nameOf(words(one), false) })}
        >
          <span>{visibleLine(words(one), 60)}</span>
          <small>{one.version === (version ?? null) ? 'this call’s own' : formatCount(one.calls)}</small>
        </Menu.Item>,
        one.draft && (
          <Menu.Item
            key={`draft of ${one.version}`}
            className={popup.item}
            onClick={() =>
              tryPrompt({
                wanted: { prompt: name, version: one.version, draft: true },
                name: nameOf(words(one), true),
              })
            }
          >
            <span>{visibleLine(nameOf(words(one), true), 60)}</span>
          </Menu.Item>
        ),
      ])}
      {versions.length > most && <p className={popup.hint}>{formatCount(versions.length - most)} older ones</p>}
      <Menu.Separator className={popup.separator} />
      <Menu.Item
        className={popup.item}
        onClick={() => {
          const address = promptAddress(name, version)
          navigate(`${address}${address.includes('?') ? '&' : '?'}tab=draft`)
        }}
      >
        <span>Edit as a draft…</span>
      </Menu.Item>
    </>
  )
}
