import { Popover } from '@base-ui/react/popover'
import { ChevronDown, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { successName } from '../../../../shared/query/success.ts'
import { adjustQuery, useClient } from '../../../app/view.ts'
import { Button, IconButton } from '../../../components/button/Button.tsx'
import popup from '../../../components/popup/popup.module.css'
import { toRequestError } from '../../../state/request-error.ts'
import { removeSuccess, type Defined } from '../../../state/successes.ts'
import { tell } from '../../../state/undo.ts'
import styles from '../costs.module.css'
import { noSuccess, type SuccessChoice } from '../model/use-success.ts'
import { SuccessForm } from './SuccessForm.tsx'

/** What counts as a success: the definitions of the store, and which of them the table judges by. */
export function SuccessMenu({ definitions, chosen }: SuccessChoice) {
  const client = useClient()
  const [open, setOpen] = useState(false)
  const [edited, setEdited] = useState<Defined>()
  const choose = (success: string) => adjustQuery({ success }, { push: true })
  const named = definitions.map(one => successName(one.success))
  // The address may name a query of its own.
  const others = chosen !== undefined && !named.includes(chosen) ? [chosen] : []
  const remove = (one: Defined) => {
    const failed = (caught: unknown) => tell(`It could not be removed: ${toRequestError(caught).message}`, true)
    removeSuccess(client, one).catch(failed)
  }
  const choice = (value: string, label: string) => (
    <label className={styles.choice}>
      <input type="radio" name="success" checked={value === (chosen ?? noSuccess)} onChange={() => choose(value)} />
      <span>{visibleLine(label, 60)}</span>
    </label>
  )
  return (
    <Popover.Root
      open={open}
      onOpenChange={next => {
        setEdited(undefined)
        setOpen(next)
      }}
    >
      <Popover.Trigger className={popup.tool} data-set={chosen !== undefined || undefined}>
        {chosen === undefined ? 'Success' : `Success: ${visibleLine(chosen, 24)}`}
        <ChevronDown aria-hidden="true" size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className={popup.positioner}>
          <Popover.Popup className={styles.panel} aria-label="Success">
            {(definitions.length > 0 || others.length > 0) && (
              <ul className={styles.definitions} aria-label="Definitions of success">
                {definitions.map((one, n) => (
                  <li key={one.id}>
                    {choice(named[n]!, named[n]!)}
                    <code>{visibleLine(one.success.query, 60)}</code>
                    <IconButton label={`Change ${named[n]!}`} onClick={() => setEdited(one)}>
                      <Pencil />
                    </IconButton>
                    <IconButton label={`Remove ${named[n]!}`} onClick={() => remove(one)}>
                      <Trash2 />
                    </IconButton>
                  </li>
                ))}
                {others.map(query => (
                  <li key={query}>{choice(query, query)}</li>
                ))}
                <li>{choice(noSuccess, 'None')}</li>
              </ul>
            )}
            <SuccessForm
              key={edited?.id}
              edited={edited}
              done={name => {
                setEdited(undefined)
                choose(name)
              }}
            />
            {edited && <Button onClick={() => setEdited(undefined)}>Leave it as it is</Button>}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
