import type { Arriving, Content } from './arriving.ts'
import type { HandledReading } from './store.ts'

/** What is kept of an input: never a PIN, and bytes only of a weight. `outcome`: the code of what was said. */
export function handledOf({ id, by, at, content, fingerprint }: Arriving, outcome: string): HandledReading {
  const raw = content.kind === 'weight' ? content.raw : null
  return { reading: id, device: by, at, kind: kindOf(content), raw, fingerprint, outcome }
}

function kindOf({ kind }: Content): 'scan' | 'badge' | 'weight' | 'fault' | 'input' {
  switch (kind) {
    case 'tag':
    case 'several-tags':
    case 'tags':
      return 'scan'
    case 'pan-occupied':
      return 'weight'
    case 'told':
    case 'pin':
    case 'choose':
    case 'command':
      return 'input'
    case 'scan':
    case 'badge':
    case 'weight':
    case 'fault':
      return kind
  }
}
