/** The shelves of a store by where they are. Pure. */

import type { ShownLocation } from '../../../server/custody/protocol.ts'

/** The shelves of one rack, or of what is the innermost that they name. */
export interface Branch {
  /** `东院 › 二室 › 3 架`, from the outermost; empty for what has a name alone. */
  readonly path: readonly string[]
  readonly shelves: readonly ShownLocation[]
}

/** Every shelf under its site, room and rack, in their order; what has only a name comes first. */
export function branchesOf(locations: readonly ShownLocation[]): readonly Branch[] {
  const branches = new Map<string, { path: string[]; shelves: ShownLocation[] }>()
  for (const location of locations) {
    const { site, room, rack } = location.at ?? {}
    const path = [site, room, rack].filter((one) => one !== undefined)
    const key = path.join('\n')
    const branch = branches.get(key) ?? { path, shelves: [] }
    branch.shelves.push(location)
    branches.set(key, branch)
  }
  const inOrder = new Intl.Collator('zh-CN', { numeric: true })
  return [...branches.entries()]
    .toSorted(([one], [other]) => inOrder.compare(one, other))
    .map(([, { path, shelves }]) => ({
      path,
      shelves: shelves.toSorted((one, other) =>
        inOrder.compare(one.at?.slot ?? one.name, other.at?.slot ?? other.name),
      ),
    }))
}
