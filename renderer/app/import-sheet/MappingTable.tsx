import { useId } from 'react'
import {
  durationUnits,
  mappedRoles,
  type DurationUnit,
  type FieldMapping,
  type MappedRole,
  type UnknownRows,
} from '../../../shared/domain/mapping.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { Button } from '../../components/button/Button.tsx'
import styles from './import-sheet.module.css'
import { roleWords } from './role-words.ts'

interface Props {
  readonly rows: UnknownRows
  /** What the person chose; undefined while the guess stands. */
  readonly mapping: FieldMapping | undefined
  readonly onChange: (mapping: FieldMapping | undefined) => void
}

/** Fields without a meaning that are named. */
const mostSpare = 12

const origins = {
  'names and values': 'guessed from names and values',
  remembered: 'as you said the last time',
  given: 'as you say',
} as const

/** Which field of rows in a format nobody knows means what. The preview follows every choice. */
export function MappingTable({ rows, mapping, onChange }: Props) {
  const current = mapping ?? rows.mapping
  const choose = (role: MappedRole, path: string) => {
    const { [role]: _, ...others } = current.fields
    onChange({ ...current, fields: path === '' ? others : { ...others, [role]: path } })
  }
  // What the guess found comes first, and stays there while fields are chosen.
  const isFound = (role: MappedRole) => rows.mapping.fields[role] !== undefined
  const roles = [...mappedRoles.filter(isFound), ...mappedRoles.filter(role => !isFound(role))]
  const used = new Set(Object.values(current.fields))
  const spare = rows.fields.map(field => field.path).filter(path => !used.has(path))
  const examples = new Map(rows.fields.map(field => [field.path, field.examples]))
  return (
    <section className={styles.part} aria-label="Fields">
      <h3>Fields</h3>
      <p className={styles.aside}>
        No known format: {formatPlural(rows.rows, 'row')} looked at, fields {origins[mapping ? 'given' : rows.from]}.
        What you say is remembered for rows of this kind.
        {mapping && (
          <Button look="quiet" onClick={() => onChange(undefined)}>
            Back to the guess
          </Button>
        )}
      </p>
      {spare.length > 0 && (
        <p className={styles.aside}>
          Without a meaning yet, kept as attributes:{' '}
          {spare
            .slice(0, mostSpare)
            .map(path => visibleLine(path, 40))
            .join(', ')}
          {spare.length > mostSpare && ` and ${formatCount(spare.length - mostSpare)} more`}.
        </p>
      )}
      <table className={styles.mapping}>
        <thead>
          <tr>
            <th scope="col">Means</th>
            <th scope="col">Field</th>
            <th scope="col">For example</th>
          </tr>
        </thead>
        <tbody>
          {roles.map(role => (
            <RoleRow
              key={role}
              role={role}
              path={current.fields[role] ?? ''}
              paths={rows.fields.map(field => field.path)}
              examples={examples.get(current.fields[role] ?? '') ?? []}
              choose={choose}
            />
          ))}
        </tbody>
      </table>
      {current.fields.duration !== undefined && (
        <UnitChoice
          unit={current.durationUnit ?? 'ms'}
          choose={durationUnit => onChange({ ...current, durationUnit })}
        />
      )}
    </section>
  )
}

interface RowProps {
  readonly role: MappedRole
  readonly path: string
  readonly paths: readonly string[]
  readonly examples: readonly string[]
  readonly choose: (role: MappedRole, path: string) => void
}

function RoleRow({ role, path, paths, examples, choose }: RowProps) {
  const id = useId()
  return (
    <tr>
      <th scope="row">
        <label htmlFor={id}>{roleWords[role]}</label>
      </th>
      <td>
        <select id={id} value={path} onChange={event => choose(role, event.target.value)}>
          <option value="">—</option>
          {paths.map(one => (
            <option key={one} value={one}>
              {visibleLine(one, 80)}
            </option>
          ))}
        </select>
      </td>
      <td className={styles.example}>{visibleLine(examples.join(' · '), 160)}</td>
    </tr>
  )
}

const unitWords: { readonly [unit in DurationUnit]: string } = {
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
}

function UnitChoice({ unit, choose }: { readonly unit: DurationUnit; readonly choose: (unit: DurationUnit) => void }) {
  const id = useId()
  return (
    <p className={styles.unit}>
      <label htmlFor={id}>The duration is in</label>
      <select
        id={id}
        value={unit}
        onChange={event => choose(durationUnits.find(one => one === event.target.value) ?? 'ms')}
      >
        {durationUnits.map(one => (
          <option key={one} value={one}>
            {unitWords[one]}
          </option>
        ))}
      </select>
    </p>
  )
}
