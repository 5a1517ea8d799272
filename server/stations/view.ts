import type { DeviceKind, DeviceState, Fault, StationConfig } from '../../devices/reading.ts'
import { faultWords } from './fault-words.ts'
import type { Procedures } from './procedure.ts'
import type {
  AskKind,
  AlarmView,
  AskView,
  ConflictView,
  DeviceNote,
  DeviceView,
  OptionView,
  PanView,
  SessionView,
  WorkView,
} from './protocol.ts'
import { isPinAsked, locksAtOf, type Session } from './session.ts'

/** The work of a session as its module shows it; null when the station is idle or the work is of another version. */
export function shownWork(
  { work }: Pick<Session, 'work'>,
  offers: readonly Procedures[],
): { readonly work: WorkView; readonly ask: AskView } | null {
  if (work === null) return null
  const mine = offers.find(({ name, version }) => name === work.module && version === work.version)
  return mine === undefined ? null : mine.show(work.state)
}

/** What a hand-held reader's sweep goes to now, as the work says; null where nobody asks for one, or the station is covered. */
export function sweepingOf(session: Session, offers: readonly Procedures[]): string | null {
  const { work, custodian, locked } = session
  if (work === null || custodian === null || locked || isPinAsked(session)) return null
  const mine = offers.find(({ name, version }) => name === work.module && version === work.version)
  return mine?.sweeping?.(work.state) ?? null
}

/** What is asked at a station now. */
export function askingOf(session: Session, offers: readonly Procedures[]): AskKind {
  return askOf(session, shownWork(session, offers)?.ask ?? null).kind
}

/** The session as its screens show it. */
export function viewOf(
  session: Session,
  station: StationConfig,
  devices: readonly DeviceView[],
  {
    conflicts,
    alarms,
    notes,
  }: {
    readonly conflicts: readonly ConflictView[]
    readonly alarms: readonly AlarmView[]
    readonly notes: readonly DeviceNote[]
  },
  offers: readonly Procedures[],
  pan: PanView | null,
): SessionView {
  const shown = shownWork(session, offers)
  const covered = session.custodian === null || session.locked
  const { id, name, kind, place } = station
  return {
    station: { id, name, kind, place },
    state: isPinAsked(session) ? 'signing-in' : covered ? 'locked' : shown === null ? 'idle' : 'working',
    step: session.step,
    custodian: session.custodian === null ? null : { id: session.custodian.id, name: session.custodian.name },
    locksAt: covered ? null : locksAtOf(session),
    work: shown === null ? null : covered ? { ...shown.work, item: null, points: [], lines: [] } : shown.work,
    ask: askOf(session, shown?.ask ?? null),
    verdict: session.verdict,
    pan,
    devices,
    // A locked bench shows no item.
    conflicts: covered ? [] : conflicts,
    // An alarm names what is leaving, and whoever is near must know.
    alarms,
    notes,
  }
}

const CANCEL: OptionView = {
  id: 'cancel',
  words: { zh: '取消', en: 'Cancel' },
  word: 'CANCEL',
  marked: false,
  look: 'plain',
}

/** What is asked now; `work` is what the work asks, null when the station is idle. */
export function askOf(session: Session, work: AskView | null): AskView {
  const { signing, custodian, locked } = session
  if (signing !== null && isPinAsked(session)) {
    const { id, name } = signing
    const words = { zh: `${name}，请输入 PIN`, en: `${name}, your PIN please` }
    return { kind: 'pin', words, who: { id, name }, options: [CANCEL], text: false }
  }
  if (custodian === null) return badgeAsked({ zh: '请刷工牌', en: 'Scan your badge' }, null)
  if (locked)
    return badgeAsked(
      { zh: `已锁定，请 ${custodian.name} 刷工牌继续`, en: `Locked: ${custodian.name} scans the badge to go on` },
      custodian,
    )
  return (
    work ?? {
      kind: 'scan-anything',
      words: { zh: '请扫描清单、物品或库位', en: 'Scan a list, an item or a shelf' },
      who: null,
      options: [],
      text: false,
    }
  )
}

function badgeAsked(words: AskView['words'], who: { id: string; name: string } | null): AskView {
  return {
    kind: 'scan-badge',
    words,
    who: who === null ? null : { id: who.id, name: who.name },
    options: [],
    text: false,
  }
}

/** A device with its state in words. */
export function deviceView(
  { id, kind }: Pick<StationConfig['devices'][number], 'id' | 'kind'>,
  state: DeviceState,
): DeviceView {
  const fault = 'fault' in state ? { code: state.fault.code, ...saidOf(kind, state.fault) } : null
  return { id, kind, state: state.state, fault }
}

/** What is wrong, with what the device itself says of it. */
function saidOf(kind: DeviceKind, { code, words: own }: Fault): ReturnType<typeof faultWords> {
  const { words, remedy } = faultWords(kind, code)
  if (own === undefined) return { words, remedy }
  return { words: { zh: `${words.zh}（${own.zh}）`, en: `${words.en} (${own.en})` }, remedy }
}
