import { queryExamples, queryHelp } from '../../../shared/query/help.ts'
import { Sheet, SheetGroup } from '../sheet/Sheet.tsx'
import styles from './query-help.module.css'

/** The language on a page: the same table as `spanwise help query`. */
export function QueryHelp({ close }: { readonly close: () => void }) {
  return (
    <Sheet title="The query language" label="Fields and how they are written" wide close={close}>
      <SheetGroup title="For example">
        <ul className={styles.examples}>
          {queryExamples.map(example => (
            <li key={example}>
              <code>{example}</code>
            </li>
          ))}
        </ul>
      </SheetGroup>
      {queryHelp.map(({ title, rows }) => (
        <SheetGroup key={title} title={title}>
          <dl>
            {rows.map(({ written, means }) => (
              <div key={written} className={styles.row}>
                <dt>
                  <code>{written}</code>
                </dt>
                <dd>{means}</dd>
              </div>
            ))}
          </dl>
        </SheetGroup>
      ))}
    </Sheet>
  )
}
