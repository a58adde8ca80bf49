import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { CornerDownLeft } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { formatCount } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { isLink } from '../../../shared/links/link.ts'
import { KeyHint } from '../../components/key-hint/KeyHint.tsx'
import { useAsk } from '../../state/use-ask.ts'
import { keysOf } from '../bindings.ts'
import { availableCommands } from '../commands.ts'
import { canGoTo } from '../go-to.ts'
import { followLink } from '../links.ts'
import { navigate } from '../route.ts'
import { findCommands, likelyCommands, looksLikeTraceId, rememberRun, type PaletteItem } from './palette-items.ts'
import { helpItems, readMode, type PaletteMode } from './palette-modes.ts'
import { promptItems, promptsRequest, recentItems, sessionItems, sessionRequest, viewItems } from './palette-places.ts'
import { searchItem } from './palette-search.ts'
import { useGoToPlaces } from './use-go-to-places.ts'
import { useFoundTraces, type FoundTraces } from './use-found-traces.ts'
import dialog from '../../components/dialog/dialog.module.css'
import styles from './overlay.module.css'

interface Props {
  /** What stands in the box: `>` for commands only. */
  readonly start: string
  readonly close: () => void
}

/** One box for every command that can run now and every place one may want to go to. Opens in the same frame. */
export function Palette({ start, close }: Props) {
  // Taken once: what can be done does not change while the palette is open, and the list must not move.
  const [commands] = useState(availableCommands)
  const [text, setText] = useState(start)
  const { mode, typed } = readMode(useDeferredValue(text))
  const isAll = mode === 'all'
  const found = useAsk('traces.find', isAll && looksLikeTraceId(typed) ? { traceId: typed } : null)
  const exact = found.fresh ? found.data?.id : null
  const traces = useFoundTraces(isAll ? typed : '')
  const views = useAsk('views.list', {}).data?.views
  const sessions = useAsk('lists.rows', (isAll && sessionRequest(typed)) || null)
  const prompts = useAsk('prompts.list', isAll && typed !== '' ? promptsRequest : null).data
  const places = useGoToPlaces(mode === 'goTo' ? typed : undefined)
  const items = useMemo<readonly PaletteItem[]>(() => {
    if (mode === 'help') return [...helpItems, ...findCommands(commands, `${typed} shortcuts`)]
    if (mode === 'goTo') return places.map(place => ({ ...place, group: 'Go to' }))
    if (isLink(typed)) {
      const title = `Open ${visibleLine(typed, 120)}`
      return [{ id: 'link.follow', group: 'Link', title, run: () => followLink(typed) }]
    }
    const named = findCommands(commands, typed)
    if (mode === 'commands') return named
    if (typed === '') {
      const likely = likelyCommands(commands)
      return [...recentItems(), ...likely, ...named.filter(command => !likely.some(({ id }) => id === command.id))]
    }
    // Traces come below the commands, and later: what Enter means does not change under the finger.
    const others = [
      ...viewItems(views ?? [], typed),
      ...promptItems(prompts, typed),
      ...traces.items.filter(({ id }) => id !== `trace.${exact}`),
      ...(sessions.fresh && sessions.data ? sessionItems(sessions.data) : []),
    ]
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
  }, [mode, commands, typed, exact, traces.items, traces.state, views, prompts, sessions.fresh, sessions.data, places])
  const run = (item: PaletteItem) => {
    if (item.fill !== undefined) return setText(item.fill)
    close()
    rememberRun(item.id)
    // After the dialog has given focus back: a command may move it.
    if (item.run) setTimeout(item.run)
    return undefined
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
              placeholder="A command, or a name or id of a trace; ? for more"
              aria-label="Command, trace name or id"
            />
            <p className={styles.none} role="status">
              {isAll && typed !== '' && items.every(({ id }) => id === 'query.run') && nothingFound(typed, traces)}
              {!isAll && items.length === 0 && emptyWords(mode, typed)}
            </p>
            <Autocomplete.List className={styles.list} aria-label="Results">
              {(item: PaletteItem) => (
                <Autocomplete.Item key={item.id} value={item} className={styles.item} onClick={() => run(item)}>
                  <span className={styles.category}>{item.group ?? 'Trace'}</span>
                  <span className={styles.name}>{item.title}</span>
                  {item.detail !== undefined ? (
                    <span className={styles.category}>{item.detail}</span>
                  ) : keysOf(item)[0] ? (
                    <KeyHint keys={keysOf(item)[0]!} />
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

function emptyWords(mode: PaletteMode, typed: string): string {
  if (mode === 'commands') return `No command has “${visibleLine(typed, 60)}”.`
  if (!canGoTo()) return 'Open a trace first: then a time or the id of a span leads to it.'
  return typed === ''
    ? 'A time, like 2.5s or 800ms, or the id of a span.'
    : 'No time of this trace, and no span of it has this id.'
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
