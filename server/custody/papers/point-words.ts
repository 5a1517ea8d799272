import { sealWords, type SealStatus } from '../axes.ts'
import type { PointVerdict, Verdict } from '../fact-shapes.ts'
import { gramsOf } from '../weighing/weights.ts'

const POINTS: Readonly<Record<PointVerdict['point'], string>> = { weight: '重量', seal: '封装', condition: '外观' }
const VERDICTS: Readonly<Record<Verdict, string>> = { same: '相符', different: '不符', 'not-compared': '未比对' }
const FOUND: Readonly<Record<string, string>> = {
  ...{ intact: '完好', broken: '破损', none: '未封', same: '相同', different: '不同' },
}

/** One side of a point as a paper has it: a weight in grams, the state of a seal, or a word. */
function sideOnPaper(said: string): string {
  const [, weight_mg] = /^(\d+) mg$/.exec(said) ?? []
  if (weight_mg !== undefined) return `${gramsOf(Number(weight_mg))} 克`
  return FOUND[said] ?? (said in sealWords ? sealWords[said as SealStatus].zh : said)
}

/** The points of a comparison, a row each: what was compared, what it should be, what it was, and whether that agrees. */
export function pointRows(points: readonly PointVerdict[]): string[][] {
  return points.map(({ point, expected, found, verdict }) => [
    ...[POINTS[point], sideOnPaper(expected), sideOnPaper(found), VERDICTS[verdict]],
  ])
}

/** The same in one cell. */
export function pointsOnPaper(points: readonly PointVerdict[]): string {
  return pointRows(points)
    .map(([point = '', , found = '', verdict = '']) => `${point}${verdict}${found === '' ? '' : `（${found}）`}`)
    .join('；')
}
