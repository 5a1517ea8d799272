import { sealPayload } from '../../../labels/seal-number.ts'
import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft } from '../custody.ts'
import { mustHaveInHands } from '../intake/registering.ts'
import type { PrintStrip } from '../keeping/schemas.ts'
import { type Label, voidedWaiting } from '../papers/labels.ts'
import { STRIP_TEMPLATE, stripCode } from '../papers/strip-codes.ts'
import { seesItem } from '../sight/sees.ts'
import { caseOf, presentRegister, type Scene } from '../scene.ts'

/** What printing a seal strip looks at. */
export type StripScene = Scene & {
  /** Every strip that was wanted for this number of the item, the first one first. */
  readonly labels: readonly Label[]
  /** How many of the same number other things may have. */
  readonly elsewhere: number
}

/**
 * 打印封条 (rules T-16): with the number that the item wears, or with one to come that no seal ever had. Each copy is a print job of its own; once
 * strips of this number may be on paper, for this thing or another, more of them take a reason.
 * @throws Refusal `custody.unknown-item`, `custody.not-case-officer`, `custody.nothing-for-paper`, `custody.seal-taken`, `custody.strip-exists`
 */
export function printStrip(scene: StripScene, command: PrintStrip, circumstances: Circumstances): Decision {
  const { item: code, station, copies = 1, reason } = command
  const item = scene.items.get(code)
  if (item === undefined || !seesItem(scene.sight, item)) throw new Refusal('custody.unknown-item', { item: code })
  mustHaveInHands(item, caseOf(scene, item.case), circumstances.actor)
  const number = command.number ?? item.seal?.number
  if (number === undefined) throw new Refusal('custody.nothing-for-paper')
  if (number !== item.seal?.number && scene.seals.has(number)) throw new Refusal('custody.seal-taken', { number })
  const standing = scene.labels.filter((label) => !label.void && label.state !== 'failed').length + scene.elsewhere
  if (standing > 0 && reason === undefined) throw new Refusal('custody.strip-exists', { number, count: standing })
  const first = (scene.labels.at(-1)?.issue ?? 0) + 1
  const jobs = Array.from({ length: copies }, (_, nth) => ({
    ...{ job: circumstances.mint.id(), code: stripCode(code, number), issue: first + nth },
    payload: sealPayload(number) ?? '',
  }))
  const [next] = jobs
  // What still waits for the printer is not to come out as well.
  const waiting = next === undefined ? [] : voidedWaiting(scene.labels, next.job)
  const wanted = jobs.map(({ job, ...of }) =>
    draft(presentRegister(item), 'custody.label-wanted', `label/${job}`, {
      ...{ ...of, template: STRIP_TEMPLATE, station },
      reason: reason === undefined ? null : circumstances.mint.seal(reason),
    }),
  )
  return { facts: [...waiting, ...wanted], result: { jobs } }
}
