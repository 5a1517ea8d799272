import { createHash } from 'node:crypto'
import type { Door } from '../act.ts'
import type { Files } from '../files/files.ts'
import { type Command, SYSTEM } from '../module.ts'
import { localDay } from '../local-time.ts'
import type { DrawnGoods } from './photos.ts'
import { pointsOf } from '../custody/checklist/checklist.ts'
import { demoStore } from './organisation.ts'
import { demoBox, type DemoCase, demoCases, type DemoItem, demoLocations, goodsOfCase, officersOf } from './goods.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Cases are opened one a day, the first so long ago. */
const FIRST_CASE_DAYS_AGO = 32
/** All that is in the store came in on one day, a list an hour. */
const CHECK_IN_DAYS_AGO = 9
/** Before that, and within the month in which a store is to be counted first. */
const STORE_OPENED_DAYS_AGO = 20
/** Of the first cases it is ticked off what was seen to when the measure was taken. */
const CHECKED_CASES = 2
const HEADS = { 'dept-1': 'qian-lei', 'dept-2': 'he-fang' } as const
/** Items of the first case that wear a tag. */
const TAGGED = 4

/** A clock that the history is told by: it only goes forward, and never past the present. */
export interface HistoryClock {
  now(): string
  moveTo(at_ms: number): void
}

/** Each step forward is at least a second, also where it is asked to stand still or go back: no two acts have the same time. */
export function historyClock(start_ms: number): HistoryClock {
  let at = start_ms
  return {
    now: () => new Date(at).toISOString(),
    moveTo: (at_ms) => {
      at = Math.max(at + 1_000, at_ms)
    },
  }
}

/** 全过程录音录像: one recording of the whole taking, as the register of recordings has it. */
function recordingOf(items: readonly string[], index: number, taken_ms: number) {
  return {
    ...{
      type: 'custody.note-video',
      items,
      of: 'measure',
      number: `LX-2026-${100 + index}`,
      device: '执法记录仪 3 号',
    },
    ...{ startedAt: new Date(taken_ms - MINUTE_MS).toISOString(), endedAt: new Date(taken_ms + HOUR_MS).toISOString() },
    ...{ keptIn: '案管室录像服务器', sha256: createHash('sha256').update(`demo recording ${index}`).digest('hex') },
  }
}

function sealNumber(index: number, place: number): string {
  return `FT${2026_000 + index * 20 + place}`
}

interface Told {
  readonly of: DemoCase
  readonly codes: readonly string[]
  readonly goods: readonly DemoItem[]
}

/** Somebody who tells a part of the history, by a clock of his own. */
export interface Teller extends Pick<Door, 'act'> {
  readonly clock: HistoryClock
}

type Deed = Command & Record<string, unknown>

/**
 * Ten cases with two hundred items, brought through the one door like any others, over the last weeks. The departments work side by
 * side, each in its own register; what happens in the store comes after, in one line.
 */
export async function tellHistory({
  teller,
  files,
  pictures,
  present_ms,
}: {
  teller: (start_ms: number) => Teller
  files: Files
  /** Of the goods of a case, in their order. */
  pictures: Promise<DrawnGoods>
  present_ms: number
}): Promise<void> {
  const begin = (name: string, start_ms: number) => {
    const { act, clock } = teller(start_ms)
    let step = 0
    const next = (at_ms: number) => {
      clock.moveTo(at_ms)
      return { cause: `history ${name} ${(step += 1)}`, at: clock.now() }
    }
    return {
      clock,
      /** `signers` sign beside the person, each with a badge of his own. */
      does: (person: string, command: Deed, at_ms: number, signers: readonly string[] = []) =>
        act({ person, with: signers }, command, next(at_ms)),
    }
  }
  type Hand = ReturnType<typeof begin>

  const start_ms = present_ms - (FIRST_CASE_DAYS_AGO + 2) * DAY_MS
  const storeOpened_ms = present_ms - STORE_OPENED_DAYS_AGO * DAY_MS
  const inStore = begin('store', storeOpened_ms)
  const shelves: { code: string; storageClass: string }[] = []
  let box = ''
  const keep = async (picture: Buffer): Promise<string> =>
    (await files.keepPhoto(picture, { person: 'zhang-wei' })).sha256
  const photos = pictures.then(async ({ goods, SCALE, SEAL }) => ({
    goods: await Promise.all(
      goods.map(async ({ OVERALL, DETAIL }) => ({ OVERALL: await keep(OVERALL), DETAIL: await keep(DETAIL) })),
    ),
    ...{ SCALE: await keep(SCALE), SEAL: await keep(SEAL) },
  }))
  const told = new Map<number, Told>()
  const departments = [...new Set(demoCases.map((of) => of.unit))].map(async (unit) => {
    const hand = begin(unit, start_ms)
    for (const [index, of] of demoCases.entries())
      if (of.unit === unit) told.set(index, await tellCase(hand, index, of))
  })
  await Promise.all([photos, furnish(), ...departments])
  for (const [index, of] of demoCases.entries()) if (of.stage === 'in-store') await checkIn(index, told.get(index))
  await tellLoans(inStore)

  async function furnish(): Promise<void> {
    for (const { name, storageClass, capacity } of demoLocations) {
      const { result } = await inStore.does(
        'chen-jing',
        { type: 'custody.add-location', store: demoStore.store, name, storageClass, capacity },
        storeOpened_ms,
      )
      shelves.push({ code: String(result['code']), storageClass })
    }
    const { name, capacity } = demoBox
    const standing = { store: demoStore.store, name, capacity, location: shelves[0]?.code }
    box = String(
      (await inStore.does('chen-jing', { type: 'custody.add-container', ...standing }, storeOpened_ms)).result['code'],
    )
  }

  async function tellCase(hand: Hand, index: number, of: DemoCase): Promise<Told> {
    const { does } = hand
    const opened_ms = present_ms - (FIRST_CASE_DAYS_AGO - index * 2) * DAY_MS
    const officers = officersOf(of)
    const [first, second] = officers
    const { number, title, track, unit } = of
    const filing = { filedOn: localDay(new Date(opened_ms - DAY_MS).toISOString()), document: `${number}立案决定书` }
    await does(first, { type: 'custody.open-case', number, title, track, unit, officers, filing }, opened_ms)
    const leave = of.stage === 'in-store' ? { approval: await approvedMeasure(hand, of, opened_ms) } : {}
    const goods = goodsOfCase(index)
    const taken_ms = opened_ms + 2 * HOUR_MS
    const { result } = await does(
      first,
      {
        type: 'custody.register',
        case: number,
        measure: {
          noticeNumber: `${number.slice(0, 3)}措〔2026〕${index + 1}号`,
          takenAt: new Date(taken_ms).toISOString(),
          officers,
          place: '云州市城东区',
          ...leave,
        },
        holder: { attendance: 'SIGNED', name: '持有人' },
        witness: { attendance: 'SIGNED', name: '见证人' },
        relevance: '涉嫌违纪违法事实中的款物',
        ...(index < CHECKED_CASES ? { checked: pointsOf(track) } : {}),
        items: goods.map((item, place) => ({
          ...item,
          ...(item.category === 'valuables' ? { seal: { number: sealNumber(index, place), signers: officers } } : {}),
        })),
      },
      taken_ms + HOUR_MS,
    )
    const codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
    if (track === 'SUPERVISION') await does(first, recordingOf(codes, index, taken_ms), taken_ms + HOUR_MS + MINUTE_MS)
    const taken = await photos
    // One picture after the other, as the guided form asks for them.
    for (const [nth, view] of (['OVERALL', 'DETAIL', 'SCALE', 'SEAL'] as const).entries()) {
      const photographed = codes.flatMap((item, place) => {
        const [pictures, isValuable] = [taken.goods[place], goods[place]?.category === 'valuables']
        if (pictures === undefined || (of.stage === 'opened' && place % 2 === 1)) return []
        if (view === 'OVERALL' || view === 'DETAIL') return [{ item, photo: pictures[view] }]
        return isValuable ? [{ item, photo: taken[view] }] : []
      })
      await does(
        first,
        { type: 'custody.add-photo', items: photographed.map(({ item, photo }) => ({ item, photos: [photo], view })) },
        taken_ms + HOUR_MS + HOUR_MS / 2 + nth * MINUTE_MS,
      )
    }
    if (of.stage !== 'opened' && of.stage !== 'registered') {
      await label(hand, first, codes, taken_ms + 2 * HOUR_MS)
      if (index === 0) await tag(hand, first, codes.slice(0, TAGGED), taken_ms + 3 * HOUR_MS)
      await does(second, { type: 'custody.hand-over', items: codes, store: demoStore.store }, opened_ms + DAY_MS)
    }
    return { of, codes, goods }
  }

  /** 呈批, of what is in the store, which is to be disposed of one day; of the rest the approval is still wanting. Asked by an officer, agreed to by the department and the organ, an hour before it is taken. */
  async function approvedMeasure({ does }: Hand, of: DemoCase, opened_ms: number): Promise<string> {
    const [officer] = officersOf(of)
    const kind = of.track === 'DISCIPLINE' ? 'WITHHELD' : 'SEIZED'
    const deed = { command: 'take-measure', case: of.number, kind }
    const { result } = await does(
      officer,
      { type: 'approvals.ask', deed, reason: '查办案件需要' },
      opened_ms + HOUR_MS / 2,
    )
    const approval = String(result['id'])
    for (const approver of [HEADS[of.unit], 'sun-bo'])
      await does(approver, { type: 'approvals.grant', approval }, opened_ms + HOUR_MS)
    return approval
  }

  async function checkIn(
    index: number,
    { of, codes, goods }: Told = { of: demoCases[0] as DemoCase, codes: [], goods: [] },
  ): Promise<void> {
    await inStore.does(
      index % 2 === 0 ? 'chen-jing' : 'liu-yang',
      {
        type: 'custody.check-in',
        items: codes.map((item, place) => ({
          item,
          location: isBoxed(index, place) ? box : shelfFor(goods[place], index + place),
          photoMatches: true,
          ...(goods[place]?.weight_mg === undefined ? {} : { weight_mg: goods[place].weight_mg }),
          ...(goods[place]?.category === 'valuables' ? { sealNumber: sealNumber(index, place) } : {}),
        })),
      },
      present_ms - CHECK_IN_DAYS_AGO * DAY_MS + index * HOUR_MS,
      officersOf(of).slice(1),
    )
  }

  async function label({ does }: Hand, person: string, codes: readonly string[], at_ms: number): Promise<void> {
    const { result } = await does(
      person,
      { type: 'custody.want-label', codes, template: 'item-card', station: 'bench-1' },
      at_ms,
    )
    const jobs = result['jobs'] as unknown as { job: string; code: string }[]
    await does(SYSTEM, { type: 'custody.label-printed', labels: jobs.map(({ job }) => job) }, at_ms)
    const readBack = jobs.map(({ code }) => ({ code, issue: 1 }))
    await does(SYSTEM, { type: 'custody.label-scanned-back', labels: readBack }, at_ms)
  }

  /** Tags that a reader at the desk has written. */
  async function tag({ does, clock }: Hand, person: string, codes: readonly string[], at_ms: number): Promise<void> {
    for (const item of codes) {
      await does(person, { type: 'custody.want-tag', item, station: 'desk-1' }, at_ms)
      await does(person, { type: 'custody.tag-bound', item, wanted: clock.now(), tid: null }, at_ms)
    }
  }

  function isBoxed(index: number, place: number): boolean {
    return index === demoBox.caseIndex && demoBox.places.some((one) => one === place)
  }

  function shelfFor(item: DemoItem | undefined, spread: number): string {
    const fitting = shelves.filter(
      ({ storageClass }) => storageClass === (item?.category === 'valuables' ? 'precious' : 'ordinary'),
    )
    return fitting[spread % fitting.length]?.code ?? ''
  }

  /** A loan that is overdue, one that runs, one that waits at the bench, one that waits for a decision; and an item under an incident. */
  async function tellLoans({ does }: Hand): Promise<void> {
    const [first, second, third, seventh] = [0, 1, 2, 6].map((index) => told.get(index))
    await lend(does, second, [6], 'sun-bo', {
      asked_ms: present_ms - 6 * DAY_MS,
      due_ms: present_ms - DAY_MS,
      out: true,
    })
    await lend(does, third, [0, 2], 'qian-lei', {
      asked_ms: present_ms - 2 * DAY_MS,
      due_ms: present_ms + 5 * DAY_MS,
      out: true,
    })
    await lend(does, first, [8], 'sun-bo', {
      asked_ms: present_ms - 5 * HOUR_MS,
      due_ms: present_ms + 3 * DAY_MS,
      out: false,
    })
    await lend(does, first, [1, 4], null, {
      asked_ms: present_ms - 2 * HOUR_MS,
      due_ms: present_ms + 4 * DAY_MS,
      out: false,
    })
    await does(
      'liu-yang',
      {
        type: 'custody.incident',
        items: [seventh?.codes[19] ?? ''],
        kind: 'damage',
        note: '壶盖边缘发现新裂纹，长约 3 毫米，已拍照',
      },
      present_ms - HOUR_MS,
    )
  }

  async function lend(
    does: Hand['does'],
    from: Told | undefined,
    places: readonly number[],
    approver: string | null,
    { asked_ms, due_ms, out }: { asked_ms: number; due_ms: number; out: boolean },
  ): Promise<void> {
    const items = places.map((place) => from?.codes[place] ?? '')
    const weighed = places.map((place, index) => {
      const weight_mg = from?.goods[place]?.weight_mg
      return { item: items[index] ?? '', ...(weight_mg === undefined ? {} : { weight_mg }) }
    })
    const [requester = ''] = from === undefined ? [] : officersOf(from.of)
    const deed = { command: 'borrow', items, dueAt: new Date(due_ms).toISOString(), purpose: 'APPRAISAL' }
    const asked = await does(requester, { type: 'approvals.ask', deed, reason: '送鉴定机构鉴定真伪和价值' }, asked_ms)
    if (approver === null) return
    const approval = String(asked.result['id'])
    await does(approver, { type: 'approvals.grant', approval, opinion: '同意，按期归还' }, asked_ms + 30 * MINUTE_MS)
    if (out)
      await does(
        'chen-jing',
        { type: 'custody.borrow', items: weighed, approval, borrower: requester },
        asked_ms + HOUR_MS,
        [requester],
      )
  }
}
