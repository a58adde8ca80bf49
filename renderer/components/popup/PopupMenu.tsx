import { Menu } from '@base-ui/react/menu'
import { ChevronDown } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import popup from './popup.module.css'

export interface PopupMenuProps {
  /** What stands on the button. */
  readonly label: string
  /** Another than the usual one is chosen. */
  readonly isSet?: boolean | undefined
  readonly align: 'start' | 'end'
  /** Items of the library's menu. */
  readonly children: ReactNode
}

/** A menu below a button among tools. */
export function PopupMenu({ label, isSet = false, align, children }: PopupMenuProps) {
  const [trigger, setTrigger] = useState<HTMLElement | null>(null)
  return (
    <Menu.Root>
      <Menu.Trigger ref={setTrigger} className={popup.tool} data-set={isSet || undefined}>
        {label}
        <ChevronDown aria-hidden="true" size={12} />
      </Menu.Trigger>
      {/* Inside the landmark that its button stands in: nothing of the page lies outside of one. */}
      <Menu.Portal container={trigger?.closest('main') ?? undefined}>
        <Menu.Positioner align={align} sideOffset={4} className={popup.positioner}>
          <Menu.Popup className={popup.menu}>{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
