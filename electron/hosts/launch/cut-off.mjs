import { spawnSync } from 'node:child_process'

const asRoot = ['--net']
/** Whoever is not root becomes nobody else, and may still bring up the loopback. */
const asUser = ['--user', '--map-current-user', '--keep-caps', '--net']
const alone = 'ip link set lo up && exec "$@"'

/**
 * The words in front of a command that let it reach nothing but the loopback; undefined where the system cannot, or does
 * not let us (Linux with `unshare` and `ip` only).
 */
export function cutOff() {
  if (process.platform !== 'linux') return undefined
  const words = ['unshare', ...(process.getuid() === 0 ? asRoot : asUser), 'sh', '-c', alone, 'sh']
  return spawnSync(words[0], [...words.slice(1), 'true']).status === 0 ? words : undefined
}
