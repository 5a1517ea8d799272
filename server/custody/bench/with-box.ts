import type { Bench, Step } from '../../stations/procedure.ts'
import { contentsOf } from '../keeping/containers.ts'
import { containerOf, itemOf } from '../scene.ts'
import { beginMoveBox, type MoveBoxWork } from './box.ts'
import { beginHandOutBox } from './hand-out.ts'
import type { HandOutWork } from './hand-out-work.ts'
import type { BenchLook } from './look.ts'
import { beginTakeBackBox } from './take-back-box.ts'
import type { TakeBackBoxWork } from './take-back-box-work.ts'
import type { CustodyWork } from './procedures.ts'
import { isReserved } from './view.ts'

/** A box: back from a loan, out on one that was granted for all of it, or to another shelf. */
export function beginWithBox(
  code: string,
  look: BenchLook,
  bench: Bench,
): Step<MoveBoxWork | HandOutWork | TakeBackBoxWork> {
  const box = containerOf(look.scene, code)
  if (box.lent !== undefined && bench.station.kind !== 'desk') return beginTakeBackBox(code, look, bench)
  const isGranted = contentsOf(look.scene, code).some((one) => {
    const item = itemOf(look.scene, one)
    return isReserved(item, bench.at) && item.reservation?.container === code
  })
  if (isGranted && bench.station.kind !== 'desk') return beginHandOutBox(code, look, bench)
  return beginMoveBox(code, look, bench)
}

/** Boxes whose state this step needs. */
export function boxesIn(work: CustodyWork): string[] {
  if (work.procedure === 'take-back-box') return [work.code]
  return work.procedure === 'hand-out' && work.box !== undefined ? [work.box.code] : []
}
