import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { CornerDownLeft } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { formatCount } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { isLink } from '../../../shared/links/link.ts'
import { KeyHint } from '../../components/key-hint/KeyHint.tsx'
import { useAsk } from '../../state/use-ask.ts'
import { availableCommands } from '../commands.ts'
import { followLink } from '../links.ts'
import { navigate } from '../route.ts'
import { findCommands, looksLikeTraceId, type PaletteItem } from './palette-items.ts'
import { searchItem } from './palette-search.ts'
import { useFoundTraces, type FoundTraces } from './use-found-traces.ts'
import dialog from '../../components/dialog/dialog.module.css'
import styles from './overlay.module.css'

/** One box for every command that can run now and for traces by name or id. Opens in the same frame. */
export function Palette({ close }: { readonly close: () => void }) {
  // Taken once: what can be done does not change while the palette is open, and the list must not move.
  const [commands] = useState(availableCommands)
  const [text, setText] = useState('')
  const typed = useDeferredValue(text).trim()
  const found = useAsk('traces.find', looksLikeTraceId(typed) ? { traceId: typed } : null)
  const exact = found.fresh ? found.data?.id : null
  const traces = useFoundTraces(typed)
  const items = useMemo<readonly PaletteItem[]>(() => {
    if (isLink(typed)) {
      const title = `Open ${visibleLine(typed, 120)}`
      return [{ id: 'link.follow', group: 'Link', title, run: () => followLink(typed) }]
    }
    // Traces come below the commands, and later: what Enter means does not change under the finger.
    const named = findCommands(commands, typed)
    const others = traces.items.filter(({ id }) => id !== `trace.${exact}`)
    const search = searchItem(typed)
    const searches = search ? [search.item] : []
    // A query is what somebody means who writes `kind:tool`; a mere word may be the name of a command. What looks like an id
    // is one, if there is such a trace: until that is known Enter means nothing.
    const matching = search?.isCertain
      ? [...searches, ...named, ...others]
      : looksLikeTraceId(typed)
        ? [...named, ...others, ...(traces.state === 'looking' ? [] : searches)]
        : [...named, ...searches, ...others]
    if (exact == null) return matching
    const open = () => navigate(`/trace/${encodeURIComponent(typed)}`)
    return [{ id: 'trace.byId', title: `Open trace ${typed}`, run: open }, ...matching]
  }, [commands, typed, exact, traces.items, traces.state])
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
              placeholder="A command, or a name or id of a trace"
              aria-label="Command, trace name or id"
            />
            <p className={styles.none} role="status">
              {items.every(({ id }) => id === 'query.run') && nothingFound(typed, traces)}
            </p>
            <Autocomplete.List className={styles.list} aria-label="Results">
              {(item: PaletteItem) => (
                <Autocomplete.Item key={item.id} value={item} className={styles.item} onClick={() => run(item)}>
                  <span className={styles.category}>{item.group ?? 'Trace'}</span>
                  <span className={styles.name}>{item.title}</span>
                  {item.detail !== undefined ? (
                    <span className={styles.category}>{item.detail}</span>
                  ) : item.keys?.[0] ? (
                    <KeyHint keys={item.keys[0]} />
                  ) : (
                    <CornerDownLeft aria-hidden="true" size={12} className={styles.enter} />
                  )}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
            {traces.total > traces.items.length && (
              <p className={styles.none}>
                The newest {traces.items.length} of {formatCount(traces.total)} traces with a span of that name or an id
                that begins like this.
              </p>
            )}
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** Says what was searched, so that nobody takes it for more. */
function nothingFound(typed: string, { state, failure }: FoundTraces): string {
  const shown = visibleLine(typed, 60)
  if (state === 'looking') return 'Looking…'
  if (state === 'failed') return `No command has “${shown}”. The traces could not be searched: ${failure}`
  if (state === 'unasked')
    return 'No command has these words, and they are too many to be a name: no trace was looked for.'
  const searched = /\s/.test(typed)
    ? `No command and no span name has all the words “${shown}”.`
    : `No command and no span name has “${shown}” in it, and no trace id begins with it.`
  return `${searched} Only a search looks into the texts of spans.`
}
