import type { Decision } from '../module.ts'
import type { MeasureStatus } from './axes.ts'
import { categories } from './categories.ts'
import type * as commands from './schemas.ts'
import { Office } from './testing-office.ts'
import { filmingOf } from './videos/filming.ts'
import type { NoteVideo } from './videos/schemas.ts'

/** A valid registration of one general item or one piece of gold, to vary. */
export const general: commands.NewItem = { name: '手机', category: 'general', quantity: 1, unit: '部' }
export const gold: commands.NewItem = {
  name: '金条',
  category: 'valuables',
  quantity: '1',
  unit: '根',
  features: '足金，有编号',
  weight_mg: 100_000,
  seal: { number: 'F-001', signers: ['ou', 'wei'] },
}
export const cash: commands.NewItem = {
  ...{ name: '现金', category: 'cash', quantity: 1, unit: '袋', features: '牛皮纸袋装' },
  details: { currency: 'CNY' },
  seal: { number: 'F-100', signers: ['ou', 'wei'] },
}

export const taking = {
  measure: { noticeNumber: '扣字〔2026〕1号', place: '办公室' },
  holder: { attendance: 'SIGNED', name: '持有人甲' },
  witness: { attendance: 'SIGNED', name: '见证人乙' },
  relevance: '涉嫌违纪违法事实中的财物',
} as const satisfies Partial<commands.Register>

/** What a seizure says that is filmed afterwards, where some of it stays outside the stores. */
export function filmedLater(lines: readonly commands.NewItem[]): Pick<commands.Register, 'recordingLater'> {
  const isOutside = lines.some(({ details }) => (details?.keeping ?? 'STORE') !== 'STORE')
  return isOutside ? { recordingLater: '录像正在拷贝' } : {}
}

export const PHOTO = 'ab'.repeat(32)

const RECORDED_MS = 60_000

/** Asked by ou. */
export function asksFor(office: Office, kind: MeasureStatus, person = 'ou'): string {
  const deed = { command: 'take-measure', case: '一案', kind } as const
  const { result } = office.act(person, { type: 'approvals.ask', deed, reason: '查办需要' })
  return (result as { id: string }).id
}

/** Asked by ou and agreed to by all who must. */
export function granted(office: Office, kind: MeasureStatus): string {
  return agreed(office, asksFor(office, kind))
}

/** Agreed to by all who must. */
export function agreed(office: Office, approval: string): string {
  for (const approver of ['zhao', 'tan'])
    if (office.approvals.get(approval)?.status === 'asked') office.act(approver, { type: 'approvals.grant', approval })
  return approval
}

/** That the whole course of a taking at this moment is on film, for everything it took. */
export function recordingOf(
  items: readonly string[],
  takenAt: string,
): NoteVideo & { readonly type: 'custody.note-video' } {
  return {
    ...{ type: 'custody.note-video', items: [...items], of: 'measure', number: 'LX-0001', device: '执法仪 3 号' },
    ...{ startedAt: new Date(Date.parse(takenAt) - RECORDED_MS).toISOString(), endedAt: takenAt },
    ...{ keptIn: '录像服务器', sha256: PHOTO },
  }
}

/** The same things, the taking of what must be filmed on film. */
export function filmed<Of extends { readonly office: Office; readonly codes: readonly string[] }>(made: Of): Of {
  const { office } = made
  const lacking = made.codes.filter((code) => filmingOf(office.item(code)) !== null)
  for (const [takenAt, codes] of Map.groupBy(lacking, (code) => office.item(code).measure.takenAt))
    office.act('ou', recordingOf(codes, takenAt))
  return made
}

/** The same things as a list from before the rule holds them: whatever was noted of their taking is gone. */
export function withoutFilm<Of extends { readonly office: Office; readonly codes: readonly string[] }>(made: Of): Of {
  for (const code of made.codes) made.office.items.set(code, { ...made.office.item(code), videos: [] })
  return made
}

/** The same things on their notice alone: nobody has approved how they were taken. */
export function withoutLeave<Of extends { readonly office: Office; readonly codes: readonly string[] }>(made: Of): Of {
  for (const code of made.codes) {
    const { confirmed: _, ...item } = made.office.item(code)
    const { approval: __, ...measure } = item.measure
    made.office.items.set(code, { ...item, measure })
  }
  return made
}

export interface MadeOffice {
  office: Office
  codes: string[]
  shelf: string
  safe: string
}

/** An office with one case of dept-1, shelves, and these items taken with approval, filmed and photographed. */
export function officeWith(...lines: readonly commands.NewItem[]): MadeOffice {
  return filmed(unfilmedWith(...lines))
}

/** The same, with no recording of the taking. */
export function unfilmedWith(...lines: readonly commands.NewItem[]): MadeOffice {
  const office = new Office()
  office.act('ou', {
    type: 'custody.open-case',
    number: '一案',
    title: '某某案',
    track: 'SUPERVISION',
    unit: 'dept-1',
    officers: ['ou', 'wei', 'chief', 'everything', 'prober'],
  })
  const shelf = codeFrom(
    office.act('li', {
      type: 'custody.add-location',
      store: 'store-1',
      name: '一号架',
      storageClass: 'ordinary',
      capacity: 2,
    }),
  )
  const safe = codeFrom(
    office.act('li', {
      type: 'custody.add-location',
      store: 'store-1',
      name: '保险柜',
      storageClass: 'precious',
      capacity: 9,
    }),
  )
  const codes: string[] = []
  if (lines.length > 0) {
    const measure = { ...taking.measure, approval: granted(office, 'SEIZED') }
    const head = { ...taking, ...filmedLater(lines), measure }
    const { result } = office.act('ou', { type: 'custody.register', case: '一案', items: [...lines], ...head })
    for (const { code } of (result as unknown as { items: { code: string }[] }).items) {
      codes.push(code)
      office.act('ou', { type: 'custody.add-photo', items: [{ item: code, photos: [PHOTO] }] })
    }
  }
  return { office, codes, shelf, safe }
}

export function codeFrom({ result }: Decision): string {
  return (result as { code: string }).code
}

/** The same, handed over to store-1. */
export function submitted(...lines: readonly commands.NewItem[]): ReturnType<typeof officeWith> {
  const made = officeWith(...lines)
  made.office.act('ou', { type: 'custody.hand-over', items: made.codes, store: 'store-1' })
  return made
}

/** The same, checked in: valuables into the safe, the rest onto the shelf. */
export function stored(...lines: readonly commands.NewItem[]): ReturnType<typeof officeWith> {
  const made = submitted(...lines)
  const items = made.codes.map((item) => {
    const { category, weights, seal } = made.office.item(item)
    return category === 'valuables'
      ? {
          item,
          location: made.safe,
          weight_mg: weights[0]?.weight_mg ?? 0,
          ...(seal === null ? {} : { sealNumber: seal.number }),
        }
      : { item, location: made.shelf }
  })
  made.office.act('li', { type: 'custody.check-in', items })
  return made
}

/** Asked by ou for two days. */
export function asked(office: Office, codes: string[], hours = 48): string {
  const dueAt = new Date(Date.parse(office.now) + hours * 3_600_000).toISOString()
  const { result } = office.act('ou', {
    type: 'approvals.ask',
    deed: { command: 'borrow', items: codes, dueAt, purpose: 'APPRAISAL' },
    reason: '送鉴定',
  })
  return (result as { id: string }).id
}

/** These items on their way out, each with the weight that it had, where its class is weighed. */
export function weighedOut(office: Office, codes: readonly string[]): commands.Borrow['items'] {
  return codes.map((item) => {
    const { category, weights } = office.item(item)
    return categories[category].weighed.required ? { item, weight_mg: weights.at(-1)?.weight_mg ?? 0 } : item
  })
}

/** The same as stored, lent to ou with zhao's grant. */
export function lent(...lines: readonly commands.NewItem[]): ReturnType<typeof officeWith> & { approval: string } {
  const made = stored(...lines)
  const approval = asked(made.office, made.codes)
  made.office.act('zhao', { type: 'approvals.grant', approval })
  made.office.act('li', { type: 'custody.borrow', items: weighedOut(made.office, made.codes), approval })
  return { ...made, approval }
}
