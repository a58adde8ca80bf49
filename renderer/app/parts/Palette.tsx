import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { CornerDownLeft } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { KeyHint } from '../../components/key-hint/KeyHint.tsx'
import { useAsk } from '../../state/use-ask.ts'
import { availableCommands } from '../commands.ts'
import { navigate } from '../route.ts'
import { findCommands, looksLikeTraceId, type PaletteItem } from './palette-items.ts'
import dialog from '../../components/dialog/dialog.module.css'
import styles from './overlay.module.css'

/** One box for every command that can run now; an id finds its trace. Opens in the same frame. */
export function Palette({ close }: { readonly close: () => void }) {
  // Taken once: what can be done does not change while the palette is open, and the list must not move.
  const [commands] = useState(availableCommands)
  const [text, setText] = useState('')
  const typed = useDeferredValue(text).trim()
  const found = useAsk('traces.find', looksLikeTraceId(typed) ? { traceId: typed } : null)
  const traceId = found.fresh && found.data?.id != null ? typed : undefined
  const items = useMemo<readonly PaletteItem[]>(() => {
    const matching = findCommands(commands, typed)
    if (traceId === undefined) return matching
    return [
      {
        id: 'trace.byId',
        title: `Open trace ${traceId}`,
        run: () => navigate(`/trace/${encodeURIComponent(traceId)}`),
      },
      ...matching,
    ]
  }, [commands, typed, traceId])
  const run = (item: PaletteItem) => {
    close()
    // After the dialog has given focus back: a command may move it.
    setTimeout(item.run)
  }
  return (
    <Dialog.Root open onOpenChange={open => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={styles.palette} aria-label="Search or do anything">
          <Autocomplete.Root
            inline
            open
            items={items}
            mode="none"
            autoHighlight="always"
            keepHighlight
            value={text}
            onValueChange={setText}
            itemToStringValue={(item: PaletteItem) => item.title}
          >
            <Autocomplete.Input
              className={styles.paletteInput}
              placeholder="Type a command, or paste a trace id"
              aria-label="Command or trace id"
            />
            <Autocomplete.Empty className={styles.none}>
              {found.slow ? 'Looking…' : 'No command and no trace of that name.'}
            </Autocomplete.Empty>
            <Autocomplete.List className={styles.list} aria-label="Results">
              {(item: PaletteItem) => (
                <Autocomplete.Item key={item.id} value={item} className={styles.item} onClick={() => run(item)}>
                  <span className={styles.category}>{item.group ?? 'Trace'}</span>
                  <span className={styles.name}>{item.title}</span>
                  {item.keys?.[0] ? (
                    <KeyHint keys={item.keys[0]} />
                  ) : (
                    <CornerDownLeft aria-hidden="true" size={12} className={styles.enter} />
                  )}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
