import { Menu } from '@base-ui/react/menu'
import popup from './popup.module.css'
import { PopupMenu, type PopupMenuProps } from './PopupMenu.tsx'

export interface Choice {
  readonly id: string
  readonly label: string
}

interface Props extends Omit<PopupMenuProps, 'children'> {
  readonly choices: readonly Choice[]
  readonly value: string
  readonly choose: (id: string) => void
}

/** One of several, from a button among tools. */
export function ChoiceMenu({ choices, value, choose, ...button }: Props) {
  return (
    <PopupMenu {...button}>
      <Menu.RadioGroup value={value}>
        {choices.map(({ id, label }) => (
          <Menu.RadioItem closeOnClick key={id} className={popup.item} value={id} onClick={() => choose(id)}>
            {label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </PopupMenu>
  )
}
