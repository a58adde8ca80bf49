import { Menu } from '@base-ui/react/menu'
import { ChartColumn, Table } from 'lucide-react'
import { pointMeasures, spreadFields, spreads } from '../../../../../shared/query/chart-measures.ts'
import { bucketLengths, measureNames, measures, type BucketLength } from '../../../../../shared/query/cost-measures.ts'
import { visibleLine } from '../../../../../shared/format/visible-text.ts'
import { adjustQuery } from '../../../../app/view.ts'
import { IconButton } from '../../../../components/button/Button.tsx'
import { ChoiceMenu } from '../../../../components/popup/ChoiceMenu.tsx'
import popup from '../../../../components/popup/popup.module.css'
import { PopupMenu } from '../../../../components/popup/PopupMenu.tsx'
import styles from '../../costs.module.css'
import { bucketLabels, labelOfField, offeredFields } from '../../model/address.ts'
import { plots, type ChartAddress, type PlotKind } from '../model/address.ts'
import { ViewSwitch } from './ViewSwitch.tsx'

interface Props {
  readonly address: ChartAddress
  /** All fields of the table: the chart splits by the first. */
  readonly by: readonly string[]
  /** The length of time that is drawn. */
  readonly per: BucketLength | undefined
  readonly scores: readonly string[]
  readonly score: string | undefined
  /** Somebody said what success is. */
  readonly hasSuccess: boolean
  readonly asTable: boolean
  readonly setAsTable: (asTable: boolean) => void
  readonly save: (theme?: 'light') => void
  readonly copy: (theme?: 'light') => void
}

const adjust = (name: string) => (value: string) => adjustQuery({ [name]: value }, { push: true })

/** What is drawn, and what becomes of the drawing. */
export function ChartTools(props: Props) {
  const { address, asTable, setAsTable, save, copy } = props
  return (
    <div className={styles.tools} data-pane="Chart tools" data-toolbar>
      <ViewSwitch view="chart" />
      <ChoiceMenu
        align="start"
        label={plots[address.plot]}
        choices={(Object.keys(plots) as PlotKind[]).map(id => ({ id, label: plots[id] }))}
        value={address.plot}
        // Each has a scale of its own that suits it.
        choose={plot => adjustQuery({ plot, scale: undefined }, { push: true })}
      />
      {address.plot === 'time' && <TimeTools {...props} />}
      {address.plot === 'spread' && (
        <ChoiceMenu
          align="start"
          label={spreads[address.of].label}
          choices={spreadFields.map(id => ({ id, label: spreads[id].label }))}
          value={address.of}
          choose={adjust('of')}
        />
      )}
      {address.plot === 'score' && <ScoreTools {...props} />}
      {address.plot !== 'time' && (
        <ChoiceMenu
          align="start"
          label={address.scale === 'log' ? 'Logarithmic' : 'Linear'}
          choices={[
            { id: 'linear', label: 'Linear' },
            { id: 'log', label: 'Logarithmic' },
          ]}
          value={address.scale}
          choose={adjust('scale')}
        />
      )}
      <span className={styles.end}>
        <IconButton
          label={asTable ? 'Show the drawing' : 'Show the numbers as a table'}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? <ChartColumn /> : <Table />}
        </IconButton>
        <PopupMenu label="Picture" align="end">
          <Menu.Item className={popup.item} onClick={() => save('light')}>
            Save as PNG, on white
          </Menu.Item>
          <Menu.Item className={popup.item} onClick={() => save()}>
            Save as PNG, as shown
          </Menu.Item>
          <Menu.Item className={popup.item} onClick={() => copy('light')}>
            Copy, on white
          </Menu.Item>
          <Menu.Item className={popup.item} onClick={() => copy()}>
            Copy, as shown
          </Menu.Item>
        </PopupMenu>
      </span>
    </div>
  )
}

function TimeTools({ address, by, per, hasSuccess }: Props) {
  const offered = measureNames.filter(one => hasSuccess || (one !== 'outcomes' && one !== 'costPerOutcome'))
  const shown = address.by
  return (
    <>
      <ChoiceMenu
        align="start"
        label={measures[address.measure].label}
        choices={offered.map(id => ({ id, label: measures[id].label }))}
        value={address.measure}
        choose={adjust('measure')}
      />
      <ChoiceMenu
        align="start"
        label={shown === undefined ? 'Not split' : `By ${labelOfField(shown)?.toLowerCase()}`}
        choices={[
          { id: '', label: 'Not split' },
          ...[...new Set([...(shown === undefined ? [] : [shown]), ...offeredFields])].map(id => ({
            id,
            label: labelOfField(id) ?? id,
          })),
        ]}
        value={shown ?? ''}
        choose={id => {
          if (id === '') return adjustQuery({ split: 'none' }, { push: true })
          const fields = [id, ...by.slice(1).filter(one => one !== id)]
          return adjustQuery({ split: undefined, by: fields.join(',') }, { push: true })
        }}
      />
      <ChoiceMenu
        align="start"
        label={
          address.per === undefined
            ? `Per ${per ? `${bucketLabels[per].toLowerCase()} (fitting)` : 'time'}`
            : `Per ${bucketLabels[address.per].toLowerCase()}`
        }
        isSet={address.per !== undefined}
        choices={[
          { id: '', label: 'As fits the time shown' },
          ...bucketLengths.map(id => ({ id, label: bucketLabels[id] })),
        ]}
        value={address.per ?? ''}
        choose={id => adjustQuery({ per: id || undefined }, { push: true })}
      />
    </>
  )
}

function ScoreTools({ address, scores, score }: Props) {
  return (
    <>
      {score !== undefined && (
        <ChoiceMenu
          align="start"
          label={visibleLine(score, 60)}
          choices={[...new Set([score, ...scores])].map(id => ({ id, label: visibleLine(id, 60) }))}
          value={score}
          choose={adjust('score')}
        />
      )}
      <ChoiceMenu
        align="start"
        label={address.against === 'cost' ? 'Cost' : 'Tokens'}
        choices={pointMeasures.map(id => ({ id, label: id === 'cost' ? 'Cost' : 'Tokens' }))}
        value={address.against}
        choose={adjust('of')}
      />
    </>
  )
}
