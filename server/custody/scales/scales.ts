import type { DeviceConfig } from '../../../devices/reading.ts'
import { localDay } from '../../local-time.ts'
import type { Circumstances, Decision, Fact } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { custodyFact, draft, storeRegister } from '../custody.ts'
import { rules } from '../rules.ts'
import { mustKeep } from '../separation.ts'
import { gramsOf, type WeighingFrame } from '../weighing/weights.ts'
import type { CheckScale } from './schemas.ts'

const MG_PER_G = 1_000
const DAY_MS = 86_400_000

/** How a scale did when it was last tried. */
export type ScaleCheck = {
  readonly store: string
  readonly station: string
  readonly device: string
  readonly test_mg: number
  readonly tolerance_mg: number
  readonly weight_mg: number
  readonly passed: boolean
  readonly by: string
  readonly at: string
}

/** Only the last check counts: a scale that failed weighs again once it has passed. */
export function evolveScale(check: ScaleCheck | null, raw: Fact): ScaleCheck | null {
  const fact = custodyFact(raw)
  if (fact.type !== 'custody.scale-checked') return check
  const { store, station, device, test_mg, tolerance_mg, weight_mg, passed } = fact.body
  return { store, station, device, test_mg, tolerance_mg, weight_mg, passed, by: fact.actor, at: fact.at }
}

/** The test weight of a scale, and what the scale may be off. */
export interface TestWeight {
  readonly device: string
  readonly test_mg: number
  readonly testClass: string | null
  /** The last day of its certificate, `2027-03-01`. */
  readonly testUntil: string | null
  readonly tolerance_mg: number
}

/** Null for a scale that none is set up for. */
export function testWeightOf(device: DeviceConfig): TestWeight | null {
  const { id, kind, test_g, test_class = null, test_until = null, test_off_g } = device
  if (kind !== 'scale' || test_g === undefined) return null
  const test_mg = Math.round(test_g * MG_PER_G)
  const usual_mg = Math.max(1, Math.round((test_mg * rules.scale_off_ppm.value) / 1_000_000))
  const tolerance_mg = test_off_g === undefined ? usual_mg : Math.round(test_off_g * MG_PER_G)
  return { device: id, test_mg, testClass: test_class, testUntil: test_until, tolerance_mg }
}

/** @throws Refusal `custody.test-weight-expired` */
export function mustBeCertified({ testUntil }: TestWeight, at: string): void {
  if (testUntil !== null && localDay(at) > testUntil)
    throw new Refusal('custody.test-weight-expired', { until: testUntil })
}

/** @throws Refusal `custody.scale-out` where the scale failed when it was last tried */
export function mustNotBeOut(check: ScaleCheck | null): void {
  if (check === null || check.passed) return
  const { test_mg, weight_mg, tolerance_mg } = check
  throw new Refusal('custody.scale-out', {
    ...{ test: gramsOf(test_mg), found: gramsOf(weight_mg), tolerance: gramsOf(tolerance_mg) },
  })
}

/** When a scale is to be tried again; null where it never was. */
export function nextCheck(check: ScaleCheck | null): string | null {
  if (check === null) return null
  return new Date(Date.parse(check.at) + rules.scale_check_days.value * DAY_MS).toISOString()
}

/** What the check of a scale looks at. */
export interface ScaleState {
  /** The scales of the station that have a test weight. */
  readonly tests: readonly TestWeight[]
  readonly frames: ReadonlyMap<string, WeighingFrame>
}

/**
 * A custodian has put the test weight on the scale of his station. What it said is compared with what it may be off; a scale that failed weighs
 * nothing until it passes.
 * @throws Refusal `custody.not-your-store`, `custody.wrong-station`, `custody.test-weight-missing`, `custody.test-weight-expired`,
 *   `custody.weighing-unknown`, `custody.weighing-differs`
 */
export function checkScale(
  { tests, frames }: ScaleState,
  { store, device, weight_mg, reading }: CheckScale,
  { actor, station, at }: Circumstances,
): Decision {
  mustKeep({ actor, station }, store)
  const test = tests.find((one) => one.device === device)
  if (station === null || test === undefined) throw new Refusal('custody.test-weight-missing')
  mustBeCertified(test, at)
  const frame = frames.get(reading)
  if (frame === undefined) throw new Refusal('custody.weighing-unknown', { item: device })
  if (!frame.weights_mg.has(weight_mg))
    throw new Refusal('custody.weighing-differs', { item: device, given: gramsOf(weight_mg) })
  const passed = passes(test, weight_mg)
  const { test_mg, testClass, testUntil, tolerance_mg } = test
  const { raw_sha256 } = frame
  return {
    facts: [
      draft(storeRegister(store), 'custody.scale-checked', `scale/${station.id}.${device}`, {
        ...{ store, station: station.id, device, test_mg, testClass, testUntil, tolerance_mg, weight_mg, passed },
        weighing: { by: 'scale', station: station.id, reading, raw_sha256 },
      }),
    ],
    result: { passed },
  }
}

/** Off by exactly the tolerance still passes. */
export function passes({ test_mg, tolerance_mg }: TestWeight, weight_mg: number): boolean {
  return Math.abs(weight_mg - test_mg) <= tolerance_mg
}
