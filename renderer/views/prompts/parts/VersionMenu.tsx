import { Menu } from '@base-ui/react/menu'
import type { PromptVersionRow } from '../../../../shared/contract/prompts.ts'
import { KeyHint } from '../../../components/key-hint/KeyHint.tsx'
import popup from '../../../components/popup/popup.module.css'
import { PopupMenu } from '../../../components/popup/PopupMenu.tsx'
import { versionCommands } from '../commands.ts'
import { versionWords } from '../model/words.ts'

type Action = Exclude<keyof typeof versionCommands, 'show'>

interface Props {
  readonly row: PromptVersionRow
  readonly a: PromptVersionRow | undefined
  readonly actions: Readonly<Record<Action, () => void>>
}

/** What can be done with the version under the cursor, for who does not know its keys. */
export function VersionMenu({ row, a, actions }: Props) {
  const isOwn = row.version !== null
  const canMerge = isOwn && row.recovered && a !== undefined && a !== row && a.recovered
  const offered: readonly (readonly [Action, boolean])[] = [
    ['from', a !== row],
    ['calls', true],
    ['title', isOwn],
    ['pin', isOwn],
    ['merge', canMerge],
    ['separate', isOwn && row.recovered],
  ]
  return (
    <PopupMenu label={versionWords(row)} align="start">
      {offered.flatMap(([action, can]) => {
        if (!can) return []
        const { title, keys } = versionCommands[action]
        return (
          <Menu.Item key={action} className={popup.item} onClick={actions[action]}>
            <span>{title}</span>
            <KeyHint keys={keys[0] ?? ''} />
          </Menu.Item>
        )
      })}
    </PopupMenu>
  )
}
