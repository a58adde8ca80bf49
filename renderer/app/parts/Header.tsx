import { ArrowLeft, ArrowRight, Search, Settings2 } from 'lucide-react'
import { useEffect } from 'react'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { IconButton } from '../../components/button/Button.tsx'
import { KeyHint } from '../../components/key-hint/KeyHint.tsx'
import { views } from '../../views/index.ts'
import { useBreadcrumbLeaf } from '../breadcrumb.ts'
import styles from '../frame.module.css'
import { ariaKeys, showKeys } from '../keys.ts'
import { rememberPlace } from '../recent-places.ts'
import type { ViewDefinition } from '../view.ts'

interface Props {
  readonly view: ViewDefinition | undefined
  readonly openPalette: () => void
}

/** Where history ends on either side, where the browser tells. */
function historyEnds(): { back: boolean; forward: boolean } {
  const { navigation } = globalThis as { navigation?: { canGoBack: boolean; canGoForward: boolean } }
  return { back: navigation?.canGoBack ?? true, forward: navigation?.canGoForward ?? true }
}

export function Header({ view, openPalette }: Props) {
  const leaf = useBreadcrumbLeaf()
  const shown = leaf === undefined ? undefined : visibleLine(leaf, 120)
  const can = historyEnds()
  const parent = views.find(other => other.id === view?.under)
  useEffect(() => {
    const name = shown ?? view?.title
    if (view && view.path !== '/' && (view.under === undefined || shown)) rememberPlace(shown ?? view.title, view.title)
    document.title = name && view?.path !== '/' ? `${name} · Spanwise` : 'Spanwise'
  }, [shown, view])
  return (
    <header className={styles.header} data-pane="Header" data-navigation>
      <a href="#/" className={styles.brand} aria-label="Spanwise, start">
        <Mark /> <span aria-hidden="true">Spanwise</span>
      </a>
      <span className={styles.history}>
        <IconButton
          label="Back"
          title={`Back  ${showKeys('Mod+[')}`}
          disabled={!can.back}
          onClick={() => history.back()}
        >
          <ArrowLeft />
        </IconButton>
        <IconButton
          label="Forward"
          title={`Forward  ${showKeys('Mod+]')}`}
          disabled={!can.forward}
          onClick={() => history.forward()}
        >
          <ArrowRight />
        </IconButton>
      </span>
      <nav aria-label="Breadcrumb" className={styles.crumbs}>
        <ol>
          {parent && (
            <li>
              <a href={`#${parent.path}`}>{parent.title}</a>
            </li>
          )}
          {view && view.path !== '/' && (
            <li aria-current="page" className={styles.here}>
              {shown ?? view.title}
            </li>
          )}
        </ol>
      </nav>
      <button type="button" className={styles.search} onClick={openPalette} aria-keyshortcuts={ariaKeys('Mod+K')}>
        <Search aria-hidden="true" size={13} /> <span>Search or do anything…</span> <KeyHint keys="Mod+K" />
      </button>
      <a
        href="#/settings"
        className={styles.settings}
        aria-label="Settings"
        title={`Settings  ${showKeys('Mod+,')}`}
        aria-keyshortcuts={ariaKeys('Mod+,')}
      >
        <Settings2 aria-hidden="true" size={15} strokeWidth={1.75} />
      </a>
    </header>
  )
}

/** Three spans of a trace. */
function Mark() {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" className={styles.mark}>
      <path d="M2 4h12M4.5 8h5.5M8.5 12H12" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" fill="none" />
    </svg>
  )
}
