import { makeLabelCode } from '../../../labels/item-code.ts'
import { type Circumstances, type Decision, type Fact, type FactDraft, type Sealed, SYSTEM } from '../../module.ts'
import { Refusal, type RefusalValues, type Words } from '../../refusal.ts'
import { custodyFact, draft, storeRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import type { LabelFault } from './label-faults.ts'
import { mustHaveInHands } from '../intake/registering.ts'
import { caseOf, presentRegister, type Scene } from '../scene.ts'
import type { LabelOutcome, LabelScannedBack, ReprintLabel, WantLabel } from '../schemas.ts'
import { seesItem, seesPaper, seesStore } from '../sight/sees.ts'
import { holdsPost } from '../separation.ts'
import { carrierOf, STRIP_TEMPLATE } from './strip-codes.ts'

export const labelWords = {
  wanted: { zh: '待打印', en: 'wanted' },
  printed: { zh: '已打印', en: 'printed' },
  failed: { zh: '打印失败', en: 'failed' },
  unknown: { zh: '结果不明', en: 'unknown' },
} as const satisfies Record<string, Words>
export type LabelState = keyof typeof labelWords

/** One issue of one label, which is one print job. */
export type Label = {
  readonly id: string
  readonly register: string
  readonly code: string
  readonly issue: number
  /** What the symbol carries: the bare code, from the second issue on with the issue. */
  readonly payload: string
  readonly template: string
  readonly station: string
  readonly state: LabelState
  readonly scannedBack: boolean
  readonly void: boolean
  readonly wantedAt: string
  readonly wantedBy: string
  /** Why it was printed again. */
  readonly reason: Sealed | null
  /** Why it did not print, or why nobody can say. */
  readonly fault: LabelFault | null
}

/** What one more fact makes of an issue of a label. One that is scanned is printed, whatever the printer had said; void is for good. */
export function evolveLabel(label: Label | null, raw: Fact): Label | null {
  const fact = custodyFact(raw)
  if (fact.type === 'custody.label-wanted') {
    const { subject, code, issue, payload, template, station, reason } = fact.body
    return {
      id: subject.slice('label/'.length),
      register: fact.register,
      ...{ code, issue, payload, template, station, reason },
      state: 'wanted',
      scannedBack: false,
      void: false,
      wantedAt: fact.at,
      wantedBy: fact.actor,
      fault: null,
    }
  }
  if (label === null) return null
  switch (fact.type) {
    case 'custody.label-printed':
      return { ...label, state: 'printed', fault: null }
    case 'custody.label-failed':
      return { ...label, state: 'failed', fault: fact.body.fault }
    case 'custody.label-unknown':
      return { ...label, state: 'unknown', fault: fact.body.fault }
    case 'custody.label-scanned-back':
      return { ...label, state: 'printed', scannedBack: true, fault: null }
    case 'custody.label-voided':
      return { ...label, void: true }
    default:
      return label
  }
}

/** What asking for labels looks at: the scene, and every issue of each code's label, the first one first. */
export type LabelScene = Labelled & { readonly labels: ReadonlyMap<string, readonly Label[]> }

/** What carries labels: items, locations, boxes and hand-over lists. */
type Labelled = Pick<Scene, 'sight' | 'items' | 'cases' | 'locations' | 'containers' | 'lists'>

/**
 * Wants the first label of each code, or the next after one that certainly did not print. The slip of a list says how far the list has
 * come, so a later one may always take its place.
 */
export function wantLabels(scene: LabelScene, command: WantLabel, circumstances: Circumstances): Decision {
  return wanting(scene, command, circumstances, (code, issues) => {
    if (scene.lists.has(code)) return
    const standing = issues.findLast((label) => !label.void && label.state !== 'failed')
    if (standing !== undefined) throw new Refusal('custody.label-exists', { code, issue: standing.issue })
  })
}

/**
 * Wants a new issue of each label. The paper that is out there stays good until the new one may be on paper: when the printer has none, the
 * thing is not left without a label that counts. Each job has an issue of its own, also one that comes to nothing, so numbers may be missing.
 */
export function reprintLabels(scene: LabelScene, command: ReprintLabel, circumstances: Circumstances): Decision {
  return wanting(scene, command, circumstances, (code, issues) => {
    if (issues.length === 0) throw new Refusal('custody.label-missing', { code })
  })
}

function wanting(
  scene: LabelScene,
  command: WantLabel | ReprintLabel,
  circumstances: Circumstances,
  mayFollow: (code: string, issues: readonly Label[]) => void,
): Decision {
  const jobs: { job: string; code: string; issue: number; payload: string }[] = []
  const seen = new Set<string>()
  const facts = command.codes.flatMap((code): FactDraft[] => {
    if (seen.has(code)) throw new Refusal('custody.twice', { item: code })
    seen.add(code)
    const register = bookOf(scene, code, circumstances)
    const fits = templateOf(scene, code)
    if (command.template !== fits)
      throw new Refusal('custody.template-kind', { code, template: command.template, fits })
    const issues = scene.labels.get(code) ?? []
    mayFollow(code, issues)
    const job = circumstances.mint.id()
    const issue = (issues.at(-1)?.issue ?? 0) + 1
    const payload = makeLabelCode(code, issue)
    jobs.push({ job, code, issue, payload })
    const { template, station } = command
    const reason = 'reason' in command ? circumstances.mint.seal(command.reason) : null
    const wanted = draft(register, 'custody.label-wanted', `label/${job}`, {
      code,
      issue,
      payload,
      template,
      station,
      reason,
    })
    return [...voidedWaiting(issues, job), wanted]
  })
  return { facts, result: { jobs } }
}

/** Those of these issues that still wait for the printer: they are not to come out beside the one that takes their place. */
export function voidedWaiting(issues: readonly Label[], by: string): FactDraft[] {
  return voided(
    issues.filter(({ state }) => state === 'wanted'),
    by,
  )
}

/** The end of those of these issues that still count. */
function voided(issues: readonly Label[], by: string): FactDraft[] {
  return issues
    .filter((label) => !label.void)
    .map((label) => draft(label.register, 'custody.label-voided', `label/${label.id}`, { by }))
}

function templateOf(scene: Labelled, code: string): WantLabel['template'] {
  if (scene.items.has(code)) return 'item-card'
  if (scene.containers.has(code)) return 'container-label'
  return scene.lists.has(code) ? 'entry-slip' : 'location-label'
}

/** Whether the actor may know of what a code stands for. */
function isKnown({ sight, items, lists, locations, containers }: Labelled, labelCode: string): boolean {
  const code = carrierOf(labelCode)
  const [item, list, place] = [items.get(code), lists.get(code), locations.get(code) ?? containers.get(code)]
  if (item !== undefined) return seesItem(sight, item)
  if (list !== undefined) return seesPaper(sight, list)
  return place !== undefined && seesStore(sight, place.store)
}

/** Labels of items are wanted by whoever has them in hands, those of locations, boxes and lists by the custodians of the store. */
function bookOf(scene: Labelled, labelCode: string, { actor }: Circumstances): string {
  const code = carrierOf(labelCode)
  if (!isKnown(scene, code)) throw new Refusal('custody.unknown-item', { item: code })
  const item: Item | undefined = scene.items.get(code)
  if (item !== undefined) {
    mustHaveInHands(item, caseOf(scene, item.case), actor)
    return presentRegister(item)
  }
  const list = scene.lists.get(code)
  const store = (list ?? scene.locations.get(code) ?? scene.containers.get(code))?.store
  if (store === undefined) throw new Refusal('custody.unknown-item', { item: code })
  if (!holdsPost(actor, 'custodian', store)) throw new Refusal('custody.not-your-store', { store })
  if (list !== undefined && !list.lines.some(({ outcome }) => outcome === 'checked-in'))
    throw new Refusal('custody.nothing-entered', { list: code })
  return storeRegister(store)
}

const OUTCOMES = {
  'custody.label-printed': 'printed',
  'custody.label-failed': 'failed',
  'custody.label-unknown': 'unknown',
} as const satisfies Record<LabelOutcome['type'], LabelState>

/**
 * What became of print jobs, said by the program or by somebody who may want such a label. Unknown may later be settled by somebody who
 * looked; nothing else changes once it is said. What may be on paper takes the place of every issue before it; what is not leaves them alone.
 */
export function settleLabels(scene: LabelScene, command: LabelOutcome, circumstances: Circumstances): Decision {
  const jobs = new Map([...scene.labels.values()].flat().map((label) => [label.id, label]))
  mustBeOfDifferentCodes(command.labels.map((job) => jobs.get(job)?.code ?? job))
  return { facts: command.labels.flatMap((job) => settleLabel(scene, jobs.get(job), { job, command, circumstances })) }
}

/** One issue may void another of its code: which of the two came last, one act cannot say. */
function mustBeOfDifferentCodes(codes: readonly string[]): void {
  const twice = codes.find((code, place) => codes.indexOf(code) !== place)
  if (twice !== undefined) throw new Refusal('custody.twice', { item: twice })
}

function settleLabel(
  scene: LabelScene,
  label: Label | undefined,
  { job, command, circumstances }: { job: string; command: LabelOutcome; circumstances: Circumstances },
): FactDraft[] {
  const bySystem = circumstances.actor.person === SYSTEM
  if (label === undefined || (!bySystem && !isKnown(scene, label.code)))
    throw new Refusal('custody.unknown-label', { label: job })
  if (!bySystem) bookOf(scene, label.code, circumstances)
  const to = OUTCOMES[command.type]
  const open = label.state === 'wanted' || (label.state === 'unknown' && to !== 'unknown')
  if (!open || label.void) throw new Refusal('custody.label-order', labelMove(labelWords[label.state], labelWords[to]))
  const subject = `label/${label.id}`
  // Strips of one number hang side by side.
  const earlier = label.template === STRIP_TEMPLATE ? [] : issuesBefore(scene.labels, label)
  switch (command.type) {
    case 'custody.label-printed':
      return [draft(label.register, command.type, subject, {}), ...voided(earlier, label.id)]
    case 'custody.label-unknown':
      return [draft(label.register, command.type, subject, { fault: command.fault }), ...voided(earlier, label.id)]
    case 'custody.label-failed':
      return [draft(label.register, command.type, subject, { fault: command.fault })]
  }
}

function labelMove(is: Words, to: Words): RefusalValues {
  return { is: is.zh, isEn: is.en, to: to.zh, toEn: to.en }
}

/** What reading labels back looks at: every issue of each code, and of which codes the actor may know what they are on. */
export interface ScanBackState {
  readonly labels: ReadonlyMap<string, readonly Label[]>
  readonly known: ReadonlySet<string>
}

/**
 * The papers were read back: proof that they are there and can be read. A void issue is told, never accepted. Away from a station, where nobody
 * need have the paper in hands, only by who may know of the thing or had the label printed.
 */
export function scanBackLabels(
  { labels, known }: ScanBackState,
  command: LabelScannedBack,
  { actor, station }: Circumstances,
): Decision {
  mustBeOfDifferentCodes(command.labels.map(({ code }) => code))
  const facts = command.labels.flatMap(({ code, issue }): FactDraft[] => {
    const label = labels.get(code)?.find((one) => one.issue === issue)
    const may = known.has(code) || station !== null || actor.person === SYSTEM || actor.person === label?.wantedBy
    if (label === undefined || !may) throw new Refusal('custody.label-missing', { code })
    if (label.void) throw new Refusal('custody.label-void', { code, issue })
    if (label.scannedBack) return []
    const back = draft(label.register, 'custody.label-scanned-back', `label/${label.id}`, {})
    return [back, ...voided(issuesBefore(labels, label), label.id)]
  })
  return { facts }
}

function issuesBefore(labels: LabelScene['labels'], { code, issue }: Label): Label[] {
  return (labels.get(code) ?? []).filter((one) => one.issue < issue)
}
