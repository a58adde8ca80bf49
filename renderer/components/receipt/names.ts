/** What to call files: the last part of a path, and as many folders before it as tell it from the others. */
export function namesApart(paths: readonly string[]): string[] {
  const all = paths.map(path => path.split(/[\\/]/).filter((part, i) => part !== '' || i === 0))
  const taken = all.map(() => 1)
  const nameAt = (i: number) => all[i]!.slice(-taken[i]!).join('/')
  for (let grew = true; grew;) {
    const alike = new Map<string, number[]>()
    for (const i of all.keys()) {
      const name = nameAt(i)
      const same = alike.get(name)
      if (same) same.push(i)
      else alike.set(name, [i])
    }
    grew = false
    for (const same of alike.values()) {
      if (same.length < 2) continue
      for (const i of same) {
        if (taken[i]! >= all[i]!.length) continue
        taken[i]!++
        grew = true
      }
    }
  }
  return all.map((parts, i) => nameAt(i) || parts.join('/'))
}
