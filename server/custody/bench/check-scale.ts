import { Refusal } from '../../refusal.ts'
import type { Bench, ProcedureInput, Step } from '../../stations/procedure.ts'
import type { AskView, WorkView } from '../../stations/protocol.ts'
import { accepted, asked } from '../../stations/say.ts'
import { mustBeCertified, passes, type TestWeight } from '../scales/scales.ts'
import type { CheckScale } from '../scales/schemas.ts'
import type { BenchLook } from './look.ts'
import { cardNotAsked, mustHaveScale, notAsked, wantedInstead } from './refuse.ts'
import { ask, grams, option, stepsOf, words } from './view.ts'

/** 电子秤核查: the test weight on the scale of the bench. */
export type CheckScaleWork = { readonly procedure: 'check-scale'; readonly test: TestWeight }

/**
 * The WEIGH card at an idle bench.
 * @throws Refusal `stations.no-scale`, `custody.test-weight-missing`, `custody.test-weight-expired`
 */
export function beginCheckScale({ scale }: BenchLook, bench: Bench): Step<CheckScaleWork> {
  mustHaveScale(bench)
  const test = scale?.test ?? null
  if (test === null) throw new Refusal('custody.test-weight-missing')
  mustBeCertified(test, bench.at)
  const next: CheckScaleWork = { procedure: 'check-scale', test }
  return { next, say: asked('custody.checking-scale', askOf(next).words) }
}

/** One weight ends it, passed or failed. A failure is told as a fault of the device, not as a refusal: the check itself is written down. */
export function stepCheckScale(work: CheckScaleWork, input: ProcedureInput, bench: Bench): Step<CheckScaleWork> {
  if (input.kind === 'weight') {
    const { weight_mg, reading } = input
    const { test } = work
    const command: CheckScale = {
      type: 'custody.check-scale',
      ...{ store: bench.station.place, device: test.device, weight_mg, reading },
    }
    const [found, wanted, off] = [grams(weight_mg), grams(test.test_mg), grams(test.tolerance_mg)]
    const say = passes(test, weight_mg)
      ? accepted(
          'custody.scale-passed',
          words(
            `电子秤核查通过：砝码 ${wanted.zh}，称得 ${found.zh}`,
            `The scale passed: it says ${found.en} of ${wanted.en}`,
          ),
        )
      : {
          outcome: 'fault' as const,
          code: 'custody.scale-failed',
          words: words(
            `电子秤核查未通过：砝码 ${wanted.zh}，称得 ${found.zh}`,
            `The scale failed its check: it says ${found.en} of ${wanted.en}`,
          ),
          rule: words(`允许相差 ${off.zh}`, `It may be off by ${off.en}`),
          remedy: words(
            '本秤停止称重：清零、校准后重新核查；仍不通过的，换秤或送检',
            'It weighs nothing now: zero and calibrate it, then check again; if it fails still, replace it or send it in',
          ),
        }
    return { next: null, say, acts: { commands: [command], with: [] } }
  }
  if (input.kind === 'command') throw cardNotAsked(input.word, askOf(work))
  if (input.kind === 'choose') throw notAsked('选择', 'choose', askOf(work))
  throw wantedInstead(askOf(work), input)
}

/** One step, the test weight, and nothing of any item. */
export function showCheckScale(work: CheckScaleWork): { work: WorkView; ask: AskView } {
  return {
    work: {
      ...{ procedure: 'check-scale', words: words('电子秤核查', 'Check the scale'), document: null },
      steps: stepsOf([['weigh', words('放上砝码', 'Put the weight on')]], 'weigh'),
      ...{ item: null, points: [], lines: [], second: null, keeper: null },
    },
    ask: askOf(work),
  }
}

function askOf({ test: { test_mg, testClass } }: CheckScaleWork): AskView {
  const { zh, en } = grams(test_mg)
  const grade = testClass === null ? words('', '') : words(` ${testClass} 级`, ` of class ${testClass}`)
  return ask(
    'weigh',
    words(`请放上 ${zh}${grade.zh}标准砝码`, `Put the test weight of ${en}${grade.en} on the scale`),
    [option('weigh', words('重新称重', 'Weigh again'), 'WEIGH')],
  )
}
