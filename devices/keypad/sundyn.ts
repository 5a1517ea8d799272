/** What a tablet's answer holds, piece by piece. */
export type TabletAnswer =
  | { readonly is: 'done' }
  /** `seen` names the rating by clerk's card and time, which is all that tells a rating from the same one polled twice. */
  | { readonly is: 'rating'; readonly key: string; readonly seen: string }
  /** Advice, touches, contact data, what the device is: none of it is a rating. */
  | { readonly is: 'other' }
  | { readonly is: 'cut' }
  | { readonly is: 'garbled' }

const DONE = 'RecvCmdOK'
/** Fewer are contact data, not a rating. */
const RATING_FIELDS_MIN = 10

/** The commands that the host sends, one a connection. */
const TABLET_COMMANDS = {
  welcome: 'S01E',
  rate: 'S02E',
  poll: 'SE',
  about: 'S99||0||E',
} as const

export type TabletCommand = keyof typeof TABLET_COMMANDS

/** The command as it goes over the wire: plain ASCII, with its end mark `E` and no line end. */
export function tabletCommandBytes(command: TabletCommand): Uint8Array {
  return Uint8Array.from(Buffer.from(TABLET_COMMANDS[command], 'utf8'))
}

/**
 * Everything that a Sundyn tablet said over one connection, from its first byte to the end of file. Nothing separates a rating from the
 * acknowledgement behind it, so it can be taken apart only as a whole.
 */
export function readTabletAnswer(bytes: Uint8Array): TabletAnswer[] {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return [{ is: 'garbled' }]
  }
  return text.split(DONE).flatMap((part, nth): TabletAnswer[] => [
    ...(nth === 0 ? [] : [{ is: 'done' } as const]),
    ...part
      .split(/(?=S\d\d\|\|)/)
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map(pieceOf),
  ])
}

function pieceOf(piece: string): TabletAnswer {
  if (!piece.startsWith('S02||')) return { is: 'other' }
  if (!piece.endsWith('E')) return { is: 'cut' }
  const fields = piece.split('||')
  const [, card = '', key = '', , , time = ''] = fields
  if (fields.length < RATING_FIELDS_MIN) return { is: 'other' }
  if (!/^[0-9A-Za-z]{1,8}$/.test(key)) return { is: 'garbled' }
  return { is: 'rating', key, seen: `${card}\0${time}` }
}
