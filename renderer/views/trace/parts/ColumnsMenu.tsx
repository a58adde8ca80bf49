import { Popover } from '@base-ui/react/popover'
import { Columns3, Minus, Plus } from 'lucide-react'
import { Button, IconButton } from '../../../components/button/Button.tsx'
import {
  type ChosenColumn,
  type FigureColumn,
  figureColumns,
  narrowest,
  usualColumns,
  widest,
  widthOf,
  withFigure,
  withWidth,
} from '../model/column-choice.ts'
import styles from './tools.module.css'

interface Props {
  readonly choice: readonly ChosenColumn[]
  /** Chosen, but there is no room for them. */
  readonly left: readonly FigureColumn[]
  readonly choose: (choice: readonly ChosenColumn[]) => void
}

/** Which figures stand beside the spans, and how wide. */
export function ColumnsMenu({ choice, left, choose }: Props) {
  return (
    <Popover.Root>
      <Popover.Trigger
        className={styles.tool}
        title={left.length > 0 ? `No room for ${left.map(labelOf).join(', ')}: widen the tree` : 'Columns'}
      >
        <Columns3 aria-hidden size={13} />
        <span className={styles.word}>Columns</span>
        {left.length > 0 && <span className={styles.aside}>{left.length} hidden</span>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className={styles.positioner}>
          <Popover.Popup className={styles.popup} aria-label="Columns">
            <ul>
              {figureColumns.map(({ id }) => {
                const chosen = choice.find(one => one.id === id)
                const width = chosen?.width ?? widthOf(id)
                const label = labelOf(id)
                return (
                  <li key={id} className={styles.choice}>
                    <label>
                      <input
                        type="checkbox"
                        checked={chosen !== undefined}
                        onChange={event => choose(withFigure(choice, id, event.target.checked))}
                      />
                      <span>{label}</span>
                      {left.includes(id) && <span className={styles.aside}>no room</span>}
                    </label>
                    {chosen && (
                      <>
                        <IconButton
                          label={`${label}: narrower`}
                          disabled={width <= narrowest}
                          onClick={() => choose(withWidth(choice, id, width - 12))}
                        >
                          <Minus />
                        </IconButton>
                        <IconButton
                          label={`${label}: wider`}
                          disabled={width >= widest}
                          onClick={() => choose(withWidth(choice, id, width + 12))}
                        >
                          <Plus />
                        </IconButton>
                      </>
                    )}
                  </li>
                )
              })}
            </ul>
            <div className={styles.popupEnd}>
              <Button disabled={choice === usualColumns} onClick={() => choose(usualColumns)}>
                The usual columns
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function labelOf(id: FigureColumn): string {
  const column = figureColumns.find(one => one.id === id)!
  return 'long' in column ? column.long : column.label
}
