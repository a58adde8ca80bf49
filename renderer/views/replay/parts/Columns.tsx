import { Tabs } from '@base-ui/react/tabs'
import { Fragment, type ReactNode } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { keptLayout } from '../../../state/kept.ts'
import split from '../../../components/split/split.module.css'
import tabs from '../../../components/tabs/tabs.module.css'

export type ColumnId = 'original' | 'request' | 'answers'

export interface Column {
  readonly id: ColumnId
  readonly title: string
  /** Of the width, as it is at first. */
  readonly size: string
  readonly content: ReactNode
}

interface Props {
  readonly columns: readonly Column[]
  /** They stand one behind another, each under its name. */
  readonly isNarrow: boolean
  readonly shown: ColumnId
  readonly show: (id: ColumnId) => void
}

/** What stands side by side, or where there is no room for that behind tabs. */
export function Columns({ columns, isNarrow, shown, show }: Props) {
  if (!isNarrow) return <Beside key={columns.length} columns={columns} />
  return (
    <Tabs.Root className={tabs.tabs} value={shown} onValueChange={id => show(id as ColumnId)}>
      <Tabs.List className={tabs.list} activateOnFocus>
        {columns.map(({ id, title }) => (
          <Tabs.Tab key={id} value={id} className={tabs.tab}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {columns.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id} className={tabs.panel} keepMounted>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}

function Beside({ columns }: Pick<Props, 'columns'>) {
  const id = `replay-${columns.length}`
  const layout = useDefaultLayout({ id, storage: keptLayout })
  return (
    <Group
      id={id}
      orientation="horizontal"
      className={split.panes}
      {...(layout.defaultLayout ? { defaultLayout: layout.defaultLayout } : {})}
      onLayoutChanged={layout.onLayoutChanged}
    >
      {columns.map((column, i) => (
        <Fragment key={column.id}>
          {i > 0 && (
            <Separator
              className={split.separator}
              aria-label={`Width of ${columns[i - 1]!.title} and of ${column.title}`}
            />
          )}
          <Panel id={column.id} minSize={200} defaultSize={column.size} className={split.pane}>
            {column.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  )
}
