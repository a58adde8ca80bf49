import { Menu } from '@base-ui/react/menu'
import { ArrowRight, Copy, Filter, FilterX } from 'lucide-react'
import { useLayoutEffect } from 'react'
import { addClause, excludeClause } from '../../../shared/query/edit.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { announce } from '../../app/announce.ts'
import { editQuery } from '../../app/query-desk.ts'
import { navigate } from '../../app/route.ts'
import { useStore } from '../../state/store.ts'
import { copyText } from '../messages/copy-text.ts'
import {
  clauseOfValue,
  focusedValues,
  offerValues,
  placeOf,
  valueOf,
  valueOffer,
  type ValueOffer,
} from './value-desk.ts'
import popup from '../popup/popup.module.css'
import styles from './value.module.css'

/** One menu for every value in the window, opened by a click on one, by a right click, or by a key on a row. */
export function ValueMenu() {
  const offer = useStore(valueOffer)
  useLayoutEffect(() => {
    addEventListener('contextmenu', onContextMenu)
    return () => removeEventListener('contextmenu', onContextMenu)
  }, [])
  if (!offer) return null
  return (
    <Menu.Root open onOpenChange={open => !open && valueOffer.set(undefined)}>
      <Menu.Portal container={document.querySelector('main')}>
        <Menu.Positioner
          positionMethod="fixed"
          anchor={anchorOf(offer)}
          align="start"
          sideOffset={3}
          className={styles.positioner}
        >
          <Menu.Popup className={popup.menu} aria-label="Filter by a value" finalFocus={() => offer.back ?? null}>
            <Items offer={offer} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function Items({ offer: { values, mode } }: { readonly offer: ValueOffer }) {
  const asked = values.flatMap(one => {
    const clause = clauseOfValue(one)
    return clause === undefined ? [] : [{ ...one, clause }]
  })
  return (
    <>
      {mode !== 'without' &&
        asked.map(({ clause }) => (
          <Menu.Item
            key={`only ${clause}`}
            className={styles.item}
            onClick={() => editQuery(text => addClause(text, clause))}
          >
            <Filter aria-hidden="true" size={12} /> Only <Clause text={clause} />
          </Menu.Item>
        ))}
      {mode !== 'only' &&
        asked.map(({ clause }) => (
          <Menu.Item
            key={`without ${clause}`}
            className={styles.item}
            onClick={() => editQuery((text, of) => excludeClause(text, clause, of))}
          >
            <FilterX aria-hidden="true" size={12} /> Without <Clause text={clause} />
          </Menu.Item>
        ))}
      {mode === 'any' &&
        values.flatMap(one => {
          const place = placeOf(one)
          if (!place) return []
          return (
            <Menu.Item key={place.address} className={styles.item} onClick={() => navigate(place.address)}>
              <ArrowRight aria-hidden="true" size={12} /> {place.words} <Clause text={one.value} />
            </Menu.Item>
          )
        })}
      {mode === 'any' &&
        values.map(({ field, value }) => (
          <Menu.Item
            key={`copy ${field} ${value}`}
            className={styles.item}
            onClick={() => void copyText(value).then(() => announce('Copied'))}
          >
            <Copy aria-hidden="true" size={12} /> Copy <Clause text={value} />
          </Menu.Item>
        ))}
    </>
  )
}

function Clause({ text }: { readonly text: string }) {
  return <code className={styles.clause}>{visibleLine(text, 120)}</code>
}

function anchorOf({ anchor }: ValueOffer) {
  if (anchor instanceof Element) return anchor
  return { getBoundingClientRect: () => new DOMRect(anchor.x, anchor.y, 0, 0) }
}

/** With the pointer: on a value. With the key: on the row or cell a grid stands on. */
function onContextMenu(event: MouseEvent): void {
  const { target } = event
  // A text that was marked keeps the menu of the browser, which copies it.
  if (!(target instanceof Element) || getSelection()?.isCollapsed === false) return
  const element = target.closest('[data-field]')
  const value = element ? valueOf(element) : undefined
  if (value) {
    event.preventDefault()
    offerValues({ values: [value], mode: 'any', anchor: { x: event.clientX, y: event.clientY } })
    return
  }
  const byKey = event.button !== 2 && target.hasAttribute('aria-activedescendant')
  if (!byKey) return
  const focused = focusedValues(target)
  if (focused.values.length === 0) return
  event.preventDefault()
  offerValues({ values: focused.values, mode: 'any', anchor: focused.element })
}
