import { Menu } from '@base-ui/react/menu'
import { Popover } from '@base-ui/react/popover'
import { ChevronDown, X } from 'lucide-react'
import { useState } from 'react'
import { bucketLengths, measureNames, measures, mostDimensions } from '../../../../shared/query/cost-measures.ts'
import { parseQuery } from '../../../../shared/query/parse.ts'
import { adjustQuery } from '../../../app/view.ts'
import { Button, IconButton } from '../../../components/button/Button.tsx'
import popup from '../../../components/popup/popup.module.css'
import { useStore } from '../../../state/store.ts'
import styles from '../costs.module.css'
import { bucketLabels, labelOfField, offeredFields, type TableAddress } from '../model/address.ts'
import { defineSuccess, success } from '../model/success.ts'

interface Props {
  readonly address: TableAddress
  /** The query names a stretch of time that has one before it. */
  readonly hasPeriod: boolean
  readonly saveCsv: () => void
  readonly saveJson: () => void
  readonly copyMarkdown: () => void
}

/** Most people ask by one to three. */
const mostOffered = Math.min(4, mostDimensions)

/** What the table is split by, what it shows, and what it is compared with. */
export function Tools({ address, hasPeriod, saveCsv, saveJson, copyMarkdown }: Props) {
  const { by, per, show, versus } = address
  const defined = useStore(success)
  const choose = (fields: readonly string[]) => adjustQuery({ by: fields.join(',') || undefined }, { push: true })
  return (
    <div className={styles.tools} data-pane="Table tools" data-toolbar>
      <span className={styles.label}>By</span>
      {by.map((name, i) => (
        <span key={name} className={styles.chip}>
          {labelOfField(name)}
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
      {by.length < mostOffered && <FieldMenu by={by} add={name => choose([...by, name])} />}
      <RadioMenu
        label={per ? `Per ${bucketLabels[per].toLowerCase()}` : 'Per'}
        isSet={per !== undefined}
        choices={[['', 'All time together'], ...bucketLengths.map(one => [one, bucketLabels[one]] as const)]}
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
        <QueryMenu
          label={defined === '' ? 'Success' : 'Success is defined'}
          title="A trace is a success where a span of it matches, for example score.helpful:>0.5"
          isSet={defined !== ''}
          value={defined}
          save={defineSuccess}
        />
        <MeasureMenu show={show} />
        <Menu.Root>
          <Menu.Trigger className={popup.tool}>
            Export
            <ChevronDown aria-hidden="true" size={12} />
          </Menu.Trigger>
          <Menu.Portal>
            <Menu.Positioner align="end" sideOffset={4} className={popup.positioner}>
              <Menu.Popup className={popup.menu}>
                <Menu.Item className={popup.item} onClick={saveCsv}>
                  Save as CSV
                </Menu.Item>
                <Menu.Item className={popup.item} onClick={saveJson}>
                  Save as JSON
                </Menu.Item>
                <Menu.Item className={popup.item} onClick={copyMarkdown}>
                  Copy as Markdown
                </Menu.Item>
              </Menu.Popup>
            </Menu.Positioner>
          </Menu.Portal>
        </Menu.Root>
      </span>
    </div>
  )
}

function FieldMenu({ by, add }: { readonly by: readonly string[]; readonly add: (name: string) => void }) {
  return (
    <Menu.Root>
      <Menu.Trigger className={popup.tool}>
        then by
        <ChevronDown aria-hidden="true" size={12} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className={popup.positioner}>
          <Menu.Popup className={popup.menu}>
            {offeredFields
              .filter(name => !by.includes(name))
              .map(name => (
                <Menu.Item key={name} className={popup.item} onClick={() => add(name)}>
                  <span>{labelOfField(name)}</span>
                </Menu.Item>
              ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

interface RadioProps {
  readonly label: string
  readonly isSet: boolean
  readonly choices: readonly (readonly [id: string, label: string])[]
  readonly value: string
  readonly choose: (id: string) => void
}

function RadioMenu({ label, isSet, choices, value, choose }: RadioProps) {
  return (
    <Menu.Root>
      <Menu.Trigger className={popup.tool} data-set={isSet || undefined}>
        {label}
        <ChevronDown aria-hidden="true" size={12} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className={popup.positioner}>
          <Menu.Popup className={popup.menu}>
            <Menu.RadioGroup value={value}>
              {choices.map(([id, text]) => (
                <Menu.RadioItem closeOnClick key={id} className={popup.item} value={id} onClick={() => choose(id)}>
                  {text}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function MeasureMenu({ show }: { readonly show: TableAddress['show'] }) {
  const offered = measureNames.filter(one => one !== 'outcomes' && one !== 'costPerOutcome')
  const toggle = (name: (typeof offered)[number]) => {
    const next = show.includes(name) ? show.filter(one => one !== name) : [...show, name]
    if (next.length > 0) adjustQuery({ show: next.join(',') }, { push: true })
  }
  return (
    <Menu.Root>
      <Menu.Trigger className={popup.tool}>
        Columns
        <ChevronDown aria-hidden="true" size={12} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className={popup.positioner}>
          <Menu.Popup className={popup.menu}>
            {offered.map(name => (
              <Menu.CheckboxItem
                key={name}
                className={popup.item}
                checked={show.includes(name)}
                onCheckedChange={() => toggle(name)}
                title={measures[name].help}
              >
                <span>{measures[name].label}</span>
              </Menu.CheckboxItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

interface QueryMenuProps {
  readonly label: string
  readonly title: string
  readonly isSet: boolean
  readonly value: string
  readonly save: (text: string) => void
  /** Another thing to choose. */
  readonly other?: { readonly label: string; readonly isOff: boolean; readonly choose: () => void }
}

/** A query in a small panel: checked before it is taken. */
function QueryMenu({ label, title, isSet, value, save, other }: QueryMenuProps) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState(value)
  const parsed = parseQuery(text)
  const done = (next: string) => {
    save(next)
    setOpen(false)
  }
  return (
    <Popover.Root
      open={open}
      onOpenChange={next => {
        setText(value)
        setOpen(next)
      }}
    >
      <Popover.Trigger className={popup.tool} data-set={isSet || undefined}>
        {label}
        <ChevronDown aria-hidden="true" size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className={popup.positioner}>
          <Popover.Popup className={styles.panel} aria-label={label}>
            <form
              onSubmit={event => {
                event.preventDefault()
                if (parsed.ok) done(text.trim())
              }}
            >
              <label>
                <span>{title}</span>
                <input
                  className={styles.input}
                  value={text}
                  spellCheck={false}
                  aria-invalid={!parsed.ok}
                  onChange={event => setText(event.target.value)}
                />
              </label>
              {!parsed.ok && <p role="alert">{parsed.error.message}</p>}
              <span className={styles.buttons}>
                <Button type="submit" look="primary" disabled={!parsed.ok}>
                  Use it
                </Button>
                <Button disabled={!isSet} onClick={() => done('')}>
                  None
                </Button>
              </span>
            </form>
            {other && (
              <Button
                disabled={other.isOff}
                onClick={() => {
                  other.choose()
                  setOpen(false)
                }}
              >
                {other.label}
              </Button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
