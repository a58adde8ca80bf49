import { type ComponentType, createElement, useLayoutEffect, useState } from 'react'
import { whenIdle } from '../state/when-idle.ts'
import type { ViewProps } from './view.ts'

type View = ComponentType<ViewProps>
type Loaded = { readonly View: View } | { readonly error: unknown }

/**
 * A view whose code is loaded when it is first shown. What React's own lazy shows in its place stays for 0.3 s, however soon the
 * code is there: here nothing stands in its place. A failure to load is thrown where the view would be. One that is loaded `early`
 * is loaded when the window is idle, and is then there at once.
 */
export function lazyView(load: () => Promise<{ readonly default: View }>, { early = false } = {}): View {
  let known: Loaded | undefined
  if (early) {
    whenIdle(() =>
      load().then(
        module => (known = { View: module.default }),
        // Whoever shows it asks again, and is told.
        () => {},
      ),
    )
  }
  return function LazyView(props) {
    const [loaded, setLoaded] = useState(known)
    useLayoutEffect(() => {
      if (known) return
      void load().then(
        module => {
          known = { View: module.default }
          setLoaded(known)
          return undefined
        },
        // It may be there the next time that it is asked for.
        (error: unknown) => setLoaded({ error }),
      )
    }, [])
    if (!loaded) return null
    if ('error' in loaded) throw loaded.error
    return createElement(loaded.View, props)
  }
}
