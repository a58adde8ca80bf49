import { useState, type KeyboardEvent } from 'react'
import { Button } from '../../components/button/Button.tsx'
import { KeyHint } from '../../components/key-hint/KeyHint.tsx'
import { bindKeys, isRebound } from '../bindings.ts'
import { keyOf, showKeys } from '../keys.ts'
import styles from './overlay.module.css'

interface Props {
  readonly id: string
  readonly title: string
  readonly keys: readonly string[]
  /** The command that has this key where this one acts; undefined when nobody has. */
  readonly ownerOf: (key: string) => string | undefined
  readonly tell: (words: string) => void
}

/** The keys of a command; a press makes them other ones. */
export function KeyEditor({ id, title, keys, ownerOf, tell }: Props) {
  const [waiting, setWaiting] = useState(false)
  const take = (event: KeyboardEvent) => {
    if (!waiting || ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph'].includes(event.key)) return
    // Neither the window nor the dialog around this may act on it.
    event.preventDefault()
    event.stopPropagation()
    const key = keyOf(event.nativeEvent)
    if (key === 'Tab' || key === 'Shift+Tab') return
    setWaiting(false)
    if (key === 'Escape') return tell('')
    if (key === 'Backspace' || key === 'Delete') {
      bindKeys(id, [])
      return tell(`${title} has no key now.`)
    }
    const owner = ownerOf(key)
    if (owner !== undefined) return tell(`${showKeys(key)} is taken: ${owner}. Give that another key first.`)
    bindKeys(id, [key])
    return tell(`${title}: ${showKeys(key)}`)
  }
  return (
    <>
      <button
        type="button"
        className={styles.keys}
        title="Change: press it, then the new keys. Backspace takes the key away, Escape leaves it."
        onClick={() => setWaiting(true)}
        onKeyDown={take}
        onBlur={() => setWaiting(false)}
      >
        {waiting ? (
          'Press the new keys…'
        ) : (
          <>
            <span className="spoken">{keys.map(showKeys).join(' or ') || 'No key'}: change</span>
            {keys.length === 0 ? <span aria-hidden>—</span> : keys.map(key => <KeyHint key={key} keys={key} />)}
          </>
        )}
      </button>
      {isRebound(id) && (
        <Button look="quiet" aria-label={`${title}: back to its own key`} onClick={() => bindKeys(id, undefined)}>
          ↺
        </Button>
      )}
    </>
  )
}
