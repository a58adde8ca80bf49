// Lists of attribute names, written short.

export function words(list: string): readonly string[] {
  return list.split(' ')
}

/** Fields of an object that has `opens` (convention.ts). */
export function within(object: string, list: string): readonly string[] {
  return words(list).map(name => `${object}.${name}`)
}
