import { views } from '../../views/index.ts'
import styles from '../frame.module.css'
import { keysOf, useBindings } from '../bindings.ts'
import { ariaKeys, showKeys } from '../keys.ts'
import { focusView } from '../panes.ts'
import type { ViewDefinition } from '../view.ts'

/** The views that have a key of their own. A view that lies under one of them (a trace) keeps it marked. */
export function Rail({ current }: { readonly current: ViewDefinition | undefined }) {
  useBindings()
  return (
    <nav aria-label="Views" className={styles.rail} data-pane="Views" data-navigation>
      <ul>
        {views.flatMap(view => {
          if (!view.railKey) return []
          const Icon = view.icon
          const [key] = keysOf({ id: `view.${view.id}`, keys: [view.railKey] })
          const here = view.id === current?.id || view.id === current?.under
          return (
            <li key={view.id}>
              <a
                href={`#${view.path}`}
                className={styles.railItem}
                aria-current={here ? (view.id === current?.id ? 'page' : 'true') : undefined}
                aria-keyshortcuts={key && ariaKeys(key)}
                // Going where one is already moves nothing but the focus.
                onClick={() => view.id === current?.id && focusView()}
                title={`${view.title}  ${key ? showKeys(key) : ''}`}
              >
                <Icon aria-hidden="true" size={16} strokeWidth={1.75} />
                <span>{view.title}</span>
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
