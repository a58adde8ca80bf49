import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * What is captured: exact versions, because attribute names change between minor releases.
 * The AI SDK asks for Node 22; what is used of it here runs on 20 as well.
 */
export const versions = {
  '@ai-sdk/openai-compatible': '2.0.87',
  '@ai-sdk/otel': '1.0.173',
  '@anthropic-ai/sdk': '0.100.1',
  '@arizeai/openinference-core': '2.7.1',
  '@arizeai/openinference-instrumentation-openai': '4.2.7',
  '@opentelemetry/api': '1.9.1',
  '@opentelemetry/context-async-hooks': '2.12.0',
  '@opentelemetry/otlp-transformer': '0.223.1',
  '@opentelemetry/resources': '2.12.1',
  '@opentelemetry/sdk-trace-node': '2.12.0',
  '@traceloop/instrumentation-anthropic': '0.27.0',
  ai: '7.0.173',
  openai: '6.49.0',
  zod: '4.6.7',
}

/**
 * Installs the SDKs into `folder` and returns an `import` that resolves from there, so
 * that the project never depends on what it only wants to record.
 */
export async function installSdks(folder) {
  mkdirSync(folder, { recursive: true })
  const loader = join(folder, 'load.mjs')
  writeFileSync(loader, 'export const load = name => import(name)\n')
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies: versions }, null, 2)
  if (!existsSync(join(folder, 'node_modules', 'ai'))) {
    writeFileSync(join(folder, 'package.json'), manifest)
    const flags = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
    const run = spawnSync('npm', flags, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' })
    if (run.status !== 0) throw new Error('npm could not install the SDKs')
  }
  return (await import(pathToFileURL(loader).href)).load
}
