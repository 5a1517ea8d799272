import type { Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { draft, storeRegister } from '../custody.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { type CaseNames, mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { compared, kindOf, lastWeighed } from '../loans/loans.ts'
import { Placing } from '../keeping/locations.ts'
import { tellHeads } from './notices.ts'
import { mustBeUndisputed } from './proposing.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, mustBeAble, mustBeReachable, type Scene, storeOf } from '../scene.ts'
import type { Appraise, Appraised } from '../keeping/schemas.ts'
import { isSealed, mustBeClosed } from '../seals/seals.ts'
import { sealersOf } from '../seals/sealing.ts'
import { mustBeApart, mustBeEnough, mustBeOpen, mustKeep } from '../separation.ts'
import { weighedNow } from '../weighing/weights.ts'

/** What an appraisal looks at: also whom the cases name, since appraiser, commission and report stand in clear. */
export type NamingScene = Scene & { readonly names: ReadonlyMap<string, CaseNames> }

type ReturnLine = Exclude<Appraised['items'][number], string>
const MS_PER_DAY = 86_400_000

/**
 * 送鉴定 (row 15): a custodian gives items to an appraiser by a letter of commission, with an officer of the case who commissions it. They are
 * outside until they come back, and still the store's to answer for.
 * @throws Refusal `custody.appraisal-officer`, `custody.due-in-past`, `custody.appraisal-too-long`, `custody.reserved`
 */
export function sendToAppraisal(scene: NamingScene, command: Appraise, circumstances: Circumstances): Decision {
  const { institution, commission, dueAt } = command
  const { at } = circumstances
  mustFitPaper({
    鉴定机构: { en: 'Appraiser', text: institution },
    委托书号: { en: 'Commission', text: commission },
  })
  if (dueAt <= at) throw new Refusal('custody.due-in-past', { dueAt })
  const { value: days } = rules.appraisal_days_max
  if (Date.parse(dueAt) - Date.parse(at) > days * MS_PER_DAY) throw new Refusal('custody.appraisal-too-long', { days })
  const facts = linesOf(command.items).map((line) => {
    const item = itemOf(scene, line.item)
    mustBeUndisputed(item)
    mustBeAble(item, 'appraise', circumstances)
    mustBeReachable(scene, item)
    if (item.reservation !== null && item.reservation.validUntil >= at)
      throw new Refusal('custody.reserved', { item: item.code, person: item.reservation.requester })
    const of = mustKeepFor(scene, item, circumstances)
    mustNameNobody(
      [
        { field: 'institution', name: { zh: '鉴定机构', en: 'appraiser' }, text: institution },
        { field: 'commission', name: { zh: '委托书号', en: 'commission' }, text: commission },
      ],
      scene.names.get(item.case) ?? noNames,
    )
    const store = storeOf(item)
    return draft(storeRegister(store), 'custody.sent-to-appraisal', `item/${item.code}`, {
      ...{ store, location: item.location ?? '', institution, commission, dueAt },
      officers: commissioners(scene, item, of, circumstances),
      ...lastWeighed(item),
      sealStatus: item.sealStatus,
    })
  })
  return { facts }
}

/**
 * 鉴定返回 (row 15): what comes back is compared with how it went, like a loan. What agrees goes to a shelf, with the number of the report and
 * the value that was found; what differs stays outside under an incident, and both heads are told.
 */
export function returnFromAppraisal(scene: NamingScene, command: Appraised, circumstances: Circumstances): Decision {
  const { report, value_fen = null } = command
  mustFitPaper({ 鉴定文书: { en: 'Report', text: report } })
  const placings = new Map<string, Placing>()
  const facts: FactDraft[] = []
  const differing: Item[] = []
  const verdicts = linesOf<ReturnLine>(command.items).map((line) => {
    const item = itemOf(scene, line.item)
    mustBeAble(item, 'return-from-appraisal', circumstances)
    mustBeClosed(item)
    const of = mustKeepFor(scene, item, circumstances)
    commissioners(scene, item, of, circumstances)
    const said = [{ field: 'report', name: { zh: '鉴定文书号', en: 'report' }, text: report }]
    mustNameNobody(said, scene.names.get(item.case) ?? noNames)
    const weighed = weighedNow(scene.frames, item, line, circumstances)
    if (isSealed(item) && line.seal === undefined) throw new Refusal('custody.seal-not-checked', { item: item.code })
    const points = compared(item, line, weighed.weight_mg)
    const returned = points.every(({ verdict }) => verdict !== 'different')
    const store = storeOf(item)
    const [register, subject] = [storeRegister(store), `item/${item.code}`]
    if (returned) {
      const placing = placings.get(store) ?? new Placing(scene, store)
      placings.set(store, placing)
      const place = placing.put(item, line.location ?? command.location)
      const body = { store, ...place, ...weighed, points, report, value_fen }
      facts.push(draft(register, 'custody.returned-from-appraisal', subject, body))
    } else {
      differing.push(item)
      const sealBroken = points.some(({ point, verdict }) => point === 'seal' && verdict === 'different')
      facts.push(
        draft(register, 'custody.incident-opened', subject, {
          ...{ kind: kindOf(points), note: null, points },
          ...{ found: { ...weighed, sealBroken }, opener: circumstances.actor.person },
        }),
      )
    }
    return { item: item.code, returned, points }
  })
  return { facts: [...facts, ...tellHeads(scene, differing, circumstances)], result: { verdicts } }
}

/** A custodian of the item's store who keeps apart from its case, with as many others as its class asks for. */
function mustKeepFor(scene: Scene, item: Item, circumstances: Circumstances): Case {
  const of = caseOf(scene, item.case)
  mustKeep(circumstances, storeOf(item))
  mustBeOpen(of)
  mustBeApart(circumstances.actor, of)
  mustBeEnough(scene, circumstances, item, of)
  return of
}

/** The officers of the case who signed: whoever commissions an appraisal fetches the item and brings it back. */
function commissioners(scene: Scene, item: Item, of: Case, circumstances: Circumstances): string[] {
  const officers = sealersOf(scene, of, circumstances)
  if (officers.length === 0) throw new Refusal('custody.appraisal-officer', { item: item.code, case: of.number })
  return officers
}
