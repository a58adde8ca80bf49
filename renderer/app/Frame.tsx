import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { ValueMenu } from '../components/value/ValueMenu.tsx'
import { useClient } from '../state/client.ts'
import { useAsk } from '../state/use-ask.ts'
import type { Health } from '../state/health.ts'
import { useStore, type Store } from '../state/store.ts'
import { views } from '../views/index.ts'
import { ExportDialog } from '../components/export/ExportDialog.tsx'
import { ImportSheet } from './import-sheet/ImportSheet.tsx'
import { focusViewIfLost, leaveNavigation } from './panes.ts'
import { useFrameCommands } from './frame-commands.ts'
import styles from './frame.module.css'
import { Announcer } from './parts/Announcer.tsx'
import { DropOverlay } from './parts/DropOverlay.tsx'
import { Header } from './parts/Header.tsx'
import { HealthBanner } from './parts/HealthBanner.tsx'
import { ImportPanel } from './parts/ImportPanel.tsx'
import { NoSuchPlace } from './parts/NoSuchPlace.tsx'
import { Palette } from './parts/Palette.tsx'
import { Rail } from './parts/Rail.tsx'
import { RereadBanner } from './parts/RereadBanner.tsx'
import { ShortcutSheet } from './parts/ShortcutSheet.tsx'
import { StatusBar } from './parts/StatusBar.tsx'
import { ScorePanel } from './parts/ScorePanel.tsx'
import { ToastLine } from './parts/ToastLine.tsx'
import { ViewBoundary } from './parts/ViewBoundary.tsx'
import { useShellMenu } from './use-shell-menu.ts'
import { isAddressAt, matchPath, navigate, useRoute } from './route.ts'

/** Header, rail, the view of this place, status bar, and what may lie over them. */
export function Frame({ health }: { readonly health: Store<Health> }) {
  const route = useRoute()
  const place = placeOf(route.path)
  const client = useClient()
  const info = useAsk('app.info', {})
  useShellMenu(client, info.data?.host === 'electron')
  const summary = useAsk('store.summary', {}, { live: true })
  const [overlay, setOverlay] = useState<'palette' | 'shortcuts' | 'export'>()
  const [paletteText, setPaletteText] = useState('')
  const openPalette = (text = '') => {
    setPaletteText(text)
    setOverlay('palette')
  }
  const [railOpen, setRailOpen] = useState(true)
  const main = useRef<HTMLElement>(null)
  useFrameCommands({
    openPalette,
    openShortcuts: () => setOverlay('shortcuts'),
    openExport: () => setOverlay('export'),
    toggleRail: () => setRailOpen(open => !open),
    zooms: info.data?.host === 'electron',
  })

  // The first page is for a store without traces; as soon as there are some, the list is the first page.
  const hasTraces = (summary.data?.traces ?? 0) > 0
  const atStart = route.path === '/'
  useEffect(() => {
    // Whoever clicked a link meanwhile goes where it leads.
    if (atStart && hasTraces && isAddressAt('/')) navigate('/traces', { replace: true })
  }, [atStart, hasTraces])

  const close = () => setOverlay(undefined)
  const wasOpen = useRef(false)
  useEffect(() => {
    const isOpen = overlay !== undefined
    const closed = wasOpen.current && !isOpen
    wasOpen.current = isOpen
    if (!closed) return undefined
    // The dialog gives focus back to what had it, which a view without controls has not.
    const soon = setTimeout(focusViewIfLost, 50)
    return () => clearTimeout(soon)
  }, [overlay])
  return (
    <div className={styles.frame}>
      <Header view={place?.view} openPalette={() => openPalette()} />
      <RereadBanner />
      <HealthBanner health={useStore(health)} />
      <div className={styles.body}>
        <Arrival path={route.path} />
        {railOpen && <Rail current={place?.view} />}
        <main ref={main} className={styles.view} tabIndex={-1} data-pane={place?.view.title ?? 'View'}>
          <ViewBoundary key={place?.view.stays ? place.view.id : route.path} place={route.path}>
            {place ? <place.view.Component params={place.params} /> : <NoSuchPlace path={route.path} />}
          </ViewBoundary>
        </main>
      </div>
      <StatusBar summary={summary.data} />
      <ImportPanel told={place?.view.id === 'imports'} reading={place?.view.id === 'trace'} />
      {overlay === 'palette' && <Palette start={paletteText} close={close} />}
      {overlay === 'export' && <ExportDialog close={close} />}
      {overlay === 'shortcuts' && <ShortcutSheet close={close} />}
      <ValueMenu />
      <ImportSheet />
      <DropOverlay />
      <ScorePanel />
      <ToastLine />
      <Announcer />
    </div>
  )
}

/** Stands before the view, and so its effect comes before the view's: the view takes the focus that stands on the place for views. */
function Arrival({ path }: { readonly path: string }) {
  useLayoutEffect(leaveNavigation, [path])
  return null
}

function placeOf(path: string) {
  for (const view of views) {
    const params = matchPath(view.path, path)
    if (params) return { view, params }
  }
  return undefined
}
