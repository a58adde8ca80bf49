import { Plus, Trash2 } from 'lucide-react'
import { memo, useMemo } from 'react'
import type { JsonObject } from '../../../../shared/domain/json.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import type { DialectId } from '../../../../shared/replay/types.ts'
import { Button, IconButton } from '../../../components/button/Button.tsx'
import { FarRows } from '../../../components/far-rows/FarRows.tsx'
import { addTool, chooseTool, noChoice, otherChoice, toolChoices } from '../model/additions.ts'
import type { ToolForm } from '../model/body-form.ts'
import type { History } from '../model/draft.ts'
import styles from '../replay.module.css'
import look from './body-form.module.css'
import { FieldEditor } from './FieldEditor.tsx'

interface Props {
  readonly tools: readonly ToolForm[]
  readonly body: JsonObject
  readonly text: string
  readonly dialect: DialectId
  readonly set: (path: readonly string[], value: string | undefined) => void
  readonly change: (change: (history: History) => History) => void
}

/** Pixels of a tool that is folded. */
const folded = 36

/** What the model may call: each tool by its name, description and schema; and which of them it has to. */
export function ToolsForm({ tools, body, text, dialect, set, change }: Props) {
  const { choices, now } = useMemo(
    () =>
      toolChoices(
        body,
        dialect,
        tools.map(({ name }) => name),
      ),
    [body, dialect, tools],
  )
  const names = new Set(tools.map(({ name }) => name))
  const free = ['new_tool', ...tools.map((_, i) => `new_tool_${i + 2}`)].find(name => !names.has(name))!
  return (
    <section className={styles.section} aria-label="Tools">
      <h2>
        Tools <small>{formatCount(tools.length)}</small>
      </h2>
      <FarRows count={tools.length} guess={(from, to) => (to - from) * folded}>
        {i => {
          const tool = tools[i]!
          return <Tool key={tool.path.join('.')} tool={tool} text={text} set={set} />
        }}
      </FarRows>
      {choices.size > 0 && (tools.length > 0 || now !== noChoice) && (
        <label className={look.field}>
          <span className={look.fieldName}>tool choice</span>
          <select
            className={look.short}
            value={now}
            onChange={event => change(old => chooseTool(old, choices, event.target.value))}
          >
            {[noChoice, ...(now === otherChoice ? [otherChoice] : []), ...choices.keys()].map(name => (
              <option key={name} value={name}>
                {visibleLine(name, 80)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Button look="quiet" onClick={() => change(old => addTool(old, dialect, free))}>
        <Plus aria-hidden="true" /> Tool
      </Button>
    </section>
  )
}

interface ToolProps {
  readonly tool: ToolForm
  readonly text: string
  readonly set: Props['set']
}

/** Rendered again only where its own characters changed. */
const Tool = memo(
  function Tool({ tool: { path, name, fields }, text, set }: ToolProps) {
    const called = visibleLine(name, 80)
    const about = fields.find(({ label }) => label === 'description')?.value
    return (
      <div className={look.tool} role="group" aria-label={`Tool ${called}`}>
        <details>
          <summary>
            <b>{called}</b>{' '}
            <span className={styles.faint}>{typeof about === 'string' ? visibleLine(about, 120) : ''}</span>
          </summary>
          {fields.map(field => (
            <FieldEditor
              key={field.path.join('.')}
              field={field}
              text={text}
              label={`Tool ${called}, ${visibleLine(field.label, 80)}`}
              set={set}
            />
          ))}
        </details>
        <IconButton label={`Take out ${called}`} onClick={() => set(path, undefined)}>
          <Trash2 aria-hidden="true" />
        </IconButton>
      </div>
    )
  },
  (a, b) => a.set === b.set && JSON.stringify(a.tool) === JSON.stringify(b.tool),
)
