import { useMemo } from 'react'
import { parseQuery } from '../../../../shared/query/parse.ts'
import { adjustQuery, useRoute } from '../../../app/view.ts'
import { ChoiceMenu } from '../../../components/popup/ChoiceMenu.tsx'
import { ScrollRegion } from '../../../components/scroll-region/ScrollRegion.tsx'
import { questionOf } from '../../../state/question.ts'
import { ViewSwitch } from '../chart/parts/ViewSwitch.tsx'
import styles from '../costs.module.css'
import own from './latency.module.css'
import { labelOfFields, offeredOperations, readLatencyAddress } from './model/address.ts'
import { Failures } from './parts/Failures.tsx'
import { Operations } from './parts/Operations.tsx'
import { Slowest } from './parts/Slowest.tsx'

/** Where time goes: by operation, what failed and was tried again, and which calls took longer than their peers. */
export function LatencyPane({ query }: { readonly query: string }) {
  const route = useRoute()
  const address = useMemo(() => readLatencyAddress(route.query), [route.query])
  const where = useMemo(
    () => (query === '' ? {} : parseQuery(query).ok ? { where: questionOf(query) } : undefined),
    [query],
  )
  const chosen = address.by.join(',')
  const choices = [...new Set([chosen, ...offeredOperations.map(fields => fields.join(','))])]
  return (
    <>
      <div className={styles.tools} data-pane="Latency tools" data-toolbar>
        <ViewSwitch view="latency" />
        <ChoiceMenu
          align="start"
          label={`By ${labelOfFields(address.by).toLowerCase()}`}
          choices={choices.map(id => ({ id, label: labelOfFields(id.split(',')) }))}
          value={chosen}
          choose={id => adjustQuery({ ops: id }, { push: true })}
        />
      </div>
      <ScrollRegion className={own.pane} label="Latency" data-pane="Latency">
        <Operations query={query} where={where} address={address} />
        <Failures query={query} where={where} />
        <Slowest where={where} />
      </ScrollRegion>
    </>
  )
}
