import type { SealSeen } from './disposal/found-on-handing-out.ts'
import type { Item } from './items/item.ts'
import { isSealed } from './seals/seals.ts'
import type { CustodyCommand } from './testing-commands.ts'

/** What is said of the seal of a thing that is handed out; nothing of one that wears none. */
export function sealOf(item: Item | undefined, seal: SealSeen = 'intact'): { seal?: SealSeen } {
  return item !== undefined && isSealed(item) ? { seal } : {}
}

/** The same command, every sealed thing that it hands out seen with its seal intact, unless the command says what was seen. */
export function withSeals(command: CustodyCommand, items: ReadonlyMap<string, Item>): CustodyCommand {
  switch (command.type) {
    case 'custody.release':
    case 'custody.dispose':
    case 'custody.deliver': {
      const lines = command.items.map((line) => {
        const given = typeof line === 'string' ? { item: line } : line
        return { ...sealOf(items.get(given.item)), ...given }
      })
      return { ...command, items: lines }
    }
    default:
      return command
  }
}
