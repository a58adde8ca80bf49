// Who, where and which build: OpenTelemetry's resource and general attributes. Read for every span, LLM or not.
// https://opentelemetry.io/docs/specs/semconv/resource/

import { words } from './names.ts'
import type { Attributes, RawSpan } from '../domain/raw-span.ts'
import type { Facts, KnownNames, Reading } from './convention.ts'
import { firstLabel } from './values.ts'

type Field = 'session' | 'user' | 'tenant' | 'team' | 'environment' | 'release' | 'application'

const ofSpan: readonly (readonly [Field, readonly string[]])[] = [
  ['session', ['session.id']],
  ['user', ['user.id', 'enduser.id', 'enduser.pseudo.id']],
  ['tenant', ['tenant.id']],
  ['team', ['team.name', 'team.id', 'team']],
  ['environment', ['deployment.environment.name', 'deployment.environment']],
]

const ofResource: readonly (readonly [Field, readonly string[]])[] = [
  ...ofSpan,
  ['application', ['openinference.project.name', 'service.name']],
  ['release', ['service.version']],
]

/** Attributes of spans that are read of every span. */
export const originNames: readonly string[] = ofSpan.flatMap(([, names]) => names)

/** What OpenTelemetry's resource conventions name, and so says of any program where and what it is. */
export const resourceNames: KnownNames = {
  reads: ofResource.flatMap(([, names]) => names),
  keeps: [
    ...words('service.* telemetry.* host.* os.* process.* container.* k8s.* deployment.* cloud.*'),
    ...words('aws.* gcp.* azure.* heroku.* openshift.* oci.* faas.* device.* browser.*'),
    ...words('android.*'),
    ...words('webengine.* user_agent.* vcs.* cicd.* otel.* app.* zos.* mainframe.*'),
    // Jaeger's own clients, and Zipkin's endpoints.
    ...words('hostname ip jaeger.version client-uuid ipv4 ipv6 port'),
  ],
}

type Answer = readonly [field: Field, value: string, from: string]

/** A resource is shared by thousands of spans, most often with the span before: read once per object. */
const known = new WeakMap<Attributes, readonly Answer[]>()
let latest: { readonly resource: Attributes; readonly answers: readonly Answer[] } | undefined

export function readOrigin(span: RawSpan, reading: Reading<Facts>): void {
  answer(span.attributes, ofSpan, (field, value, from) => reading.take(field, value, from))
  if (latest?.resource !== span.resource) latest = { resource: span.resource, answers: answersOf(span.resource) }
  for (const [field, value, from] of latest.answers) reading.take(field, value, from)
}

function answersOf(resource: Attributes): readonly Answer[] {
  const before = known.get(resource)
  if (before !== undefined) return before
  const found: Answer[] = []
  answer(resource, ofResource, (field, value, from) => found.push([field, value, `resource ${from}`]))
  known.set(resource, found)
  return found
}

function answer(
  attributes: Attributes,
  fields: readonly (readonly [Field, readonly string[]])[],
  take: (field: Field, value: string, from: string) => void,
): void {
  for (const [field, names] of fields) {
    const found = firstLabel(attributes, names)
    // The SDK's own default is nobody's application.
    if (found && !(field === 'application' && found.value.startsWith('unknown_service')))
      take(field, found.value, found.from)
  }
}
