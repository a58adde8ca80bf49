import { Menu } from '@base-ui/react/menu'
import { ChevronDown } from 'lucide-react'
import popup from '../../../components/popup/popup.module.css'

export interface Choice {
  readonly id: string
  readonly label: string
}

interface Props {
  /** What stands on the button. */
  readonly label: string
  /** Another than the usual one is chosen. */
  readonly isSet?: boolean
  readonly align: 'start' | 'end'
  readonly choices: readonly Choice[]
  readonly value: string
  readonly choose: (id: string) => void
}

/** One of several, from a button among the tools of a list. */
export function ChoiceMenu({ label, isSet = false, align, choices, value, choose }: Props) {
  return (
    <Menu.Root>
      <Menu.Trigger className={popup.tool} data-set={isSet || undefined}>
        {label}
        <ChevronDown aria-hidden="true" size={12} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align={align} sideOffset={4} className={popup.positioner}>
          <Menu.Popup className={popup.menu}>
            <Menu.RadioGroup value={value}>
              {choices.map(one => (
                <Menu.RadioItem
                  closeOnClick
                  key={one.id}
                  className={popup.item}
                  value={one.id}
                  onClick={() => choose(one.id)}
                >
                  {one.label}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
