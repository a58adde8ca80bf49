import { Menu } from '@base-ui/react/menu'
import { X } from 'lucide-react'
import { bucketLengths, mostDimensions } from '../../../../shared/query/cost-measures.ts'
import { adjustQuery } from '../../../app/view.ts'
import { IconButton } from '../../../components/button/Button.tsx'
import { ColumnsMenu } from '../../../components/columns/ColumnsMenu.tsx'
import { ChoiceMenu } from '../../../components/popup/ChoiceMenu.tsx'
import popup from '../../../components/popup/popup.module.css'
import { PopupMenu } from '../../../components/popup/PopupMenu.tsx'
import { useStore } from '../../../state/store.ts'
import { costCommands } from '../commands.ts'
import styles from '../costs.module.css'
import { bucketLabels, labelOfField, offeredFields, type TableAddress } from '../model/address.ts'
import { offeredColumns, trend, type CostColumn } from '../model/columns.ts'
import { chooseLook, look, looks } from '../model/look.ts'
import type { SuccessChoice } from '../model/use-success.ts'
import { ViewSwitch } from '../chart/parts/ViewSwitch.tsx'
import type { CostColumns } from '../use-cost-columns.ts'
import type { TableExports } from '../use-exports.ts'
import { MonthButton } from './MonthButton.tsx'
import { QueryMenu } from './QueryMenu.tsx'
import { SuccessMenu } from './SuccessMenu.tsx'

interface Props {
  readonly address: TableAddress
  readonly columns: CostColumns
  readonly shown: readonly CostColumn[]
  readonly success: SuccessChoice
  /** The query names a stretch of time that has one before it. */
  readonly hasPeriod: boolean
  readonly exports: TableExports
}

const lookLabels = { bar: 'Bars', heat: 'Heat', none: 'Numbers only' } as const

/** Most people ask by one to three. */
const mostOffered = Math.min(4, mostDimensions)

/** What the table is split by, what it shows, and what it is compared with. */
export function Tools({ address, columns, shown, success, hasPeriod, exports }: Props) {
  const { by, per, versus } = address
  const shownAs = useStore(look)
  const choose = (fields: readonly string[]) => adjustQuery({ by: fields.join(',') || undefined }, { push: true })
  return (
    <div className={styles.tools} data-pane="Table tools" data-toolbar>
      <ViewSwitch view="table" />
      <span className={styles.label}>By</span>
      {by.map((name, i) => (
        <span key={name} className={styles.chip}>
          <FieldMenu label={labelOfField(name) ?? name} by={[name]} choose={next => choose(replaced(by, i, next))} />
          <IconButton
            label={`Do not split by ${labelOfField(name) ?? name}`}
            className={styles.remove}
            disabled={by.length === 1}
            onClick={() => choose(by.filter((_, k) => k !== i))}
          >
            <X />
          </IconButton>
        </span>
      ))}
      {by.length < mostOffered && <FieldMenu label="then by" by={by} choose={name => choose([...by, name])} />}
      <ChoiceMenu
        align="start"
        label={per ? `Per ${bucketLabels[per].toLowerCase()}` : 'Per'}
        isSet={per !== undefined}
        choices={[
          { id: '', label: 'All time together' },
          ...bucketLengths.map(id => ({ id, label: bucketLabels[id] })),
        ]}
        value={per ?? ''}
        choose={id => adjustQuery({ per: id || undefined }, { push: true })}
      />
      <span className={styles.end}>
        <QueryMenu
          label={
            versus === undefined ? 'Compare' : versus === 'previous' ? 'With the period before' : 'With another query'
          }
          title="Compare with the calls of another query"
          isSet={versus !== undefined}
          value={versus === 'previous' ? '' : (versus ?? '')}
          save={text => adjustQuery({ vs: text === '' ? undefined : text }, { push: true })}
          other={{
            label: hasPeriod ? 'The period before' : 'The period before (choose a time first)',
            isOff: !hasPeriod,
            choose: () => adjustQuery({ vs: 'previous' }, { push: true }),
          }}
        />
        <SuccessMenu {...success} />
        <ChoiceMenu
          align="end"
          label={lookLabels[shownAs]}
          isSet={shownAs !== 'bar'}
          choices={looks.map(id => ({ id, label: lookLabels[id] }))}
          value={shownAs}
          choose={chooseLook}
        />
        <ColumnsMenu
          shown={shown}
          offered={per ? offeredColumns.filter(({ id }) => id !== trend) : offeredColumns}
          placeholder="Add a column"
          usual={columns.usual}
          choose={columns.choose}
          command={costCommands.columns}
        />
        <PopupMenu label="Export" align="end">
          <Menu.Item className={popup.item} onClick={exports.saveCsv}>
            Save as CSV
          </Menu.Item>
          <Menu.Item className={popup.item} onClick={exports.saveJson}>
            Save as JSON
          </Menu.Item>
          <Menu.Item className={popup.item} onClick={exports.copyMarkdown}>
            Copy as Markdown
          </Menu.Item>
        </PopupMenu>
        <MonthButton />
      </span>
    </div>
  )
}

/** With another field in one place; if that stood elsewhere, the two change places. */
function replaced(by: readonly string[], place: number, next: string): readonly string[] {
  return by.map((name, i) => (i === place ? next : name === next ? by[place]! : name))
}

interface FieldMenuProps {
  readonly label: string
  /** Not offered. */
  readonly by: readonly string[]
  readonly choose: (name: string) => void
}

function FieldMenu({ label, by, choose }: FieldMenuProps) {
  return (
    <PopupMenu label={label} align="start">
      {offeredFields
        .filter(name => !by.includes(name))
        .map(name => (
          <Menu.Item key={name} className={popup.item} onClick={() => choose(name)}>
            <span>{labelOfField(name)}</span>
          </Menu.Item>
        ))}
    </PopupMenu>
  )
}
