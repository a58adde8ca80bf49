import { Menu } from '@base-ui/react/menu'
import { copies } from '../../../../shared/replay/copy-as/index.ts'
import type { ReplayRequest } from '../../../../shared/replay/types.ts'
import { announce } from '../../../app/announce.ts'
import { useCommands } from '../../../app/view.ts'
import { copyText } from '../../../components/messages/copy-text.ts'
import popup from '../../../components/popup/popup.module.css'
import { PopupMenu } from '../../../components/popup/PopupMenu.tsx'

/** The request for a terminal or a program. The key stays out: its variable is named. */
export function CopyAs({ request }: { readonly request: ReplayRequest }) {
  const copy = ({ label, make }: (typeof copies)[number]) =>
    void copyText(make(request)).then(
      () => announce(`Copied as ${label}`),
      () => announce('It could not be copied: press once more'),
    )
  useCommands(
    copies.map(one => ({
      id: `replay.copy.${one.id}`,
      title: `Copy the request as ${one.label}`,
      group: 'Replay',
      run: () => copy(one),
    })),
  )
  return (
    <PopupMenu label="Copy as" align="end">
      {copies.map(one => (
        <Menu.Item key={one.id} className={popup.item} onClick={() => copy(one)}>
          {one.label}
        </Menu.Item>
      ))}
    </PopupMenu>
  )
}
