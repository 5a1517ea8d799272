import type { Words } from '../../refusal.ts'
import type { Bench, Step } from '../../stations/procedure.ts'
import { accepted } from '../../stations/say.ts'
import type { BenchLook } from './look.ts'
import { words } from './view.ts'
import { type CheckInWork, signedBy } from './check-in-work.ts'
import type { CheckIn, RefuseItem, WantLabel } from '../schemas.ts'

/** Both have confirmed: what was accepted is taken in, what was refused goes back, and the entry slip is wanted, in one transaction. */
export function commit(work: CheckInWork, { printer }: BenchLook, { station }: Bench): Step<CheckInWork> {
  const taken = work.lines.filter(({ state }) => state === 'accepted')
  const sentBack = work.lines.filter(({ state }) => state === 'refused')
  const checkIns: CheckIn[] =
    taken.length === 0
      ? []
      : [
          {
            type: 'custody.check-in',
            items: taken.map(({ item, location, weighed: found, before, bag, sealNumber, photoMatches }) => ({
              item,
              ...(location === null ? {} : { location: location.code }),
              ...(found ?? {}),
              ...(before.length === 0 ? {} : { before }),
              ...(bag === null ? {} : { bag }),
              ...(sealNumber === null ? {} : { sealNumber }),
              ...(photoMatches ? { photoMatches } : {}),
            })),
          },
        ]
  const refusals: RefuseItem[] =
    sentBack.length === 0
      ? []
      : [
          {
            type: 'custody.refuse-item',
            items: sentBack.map(({ item, reason, weighed: found, before, sealNumber }) => ({
              item,
              ...(reason === null ? {} : { reason }),
              ...(found ?? {}),
              ...(before.length === 0 ? {} : { before }),
              ...(sealNumber === null ? {} : { sealNumber }),
            })),
          },
        ]
  const slips: WantLabel[] =
    taken.length === 0 || !printer
      ? []
      : [{ type: 'custody.want-label', codes: [work.list], template: 'entry-slip', station: station.id }]
  const paper = slipWords(work.list, taken.length, slips.length)
  const say = accepted(
    'custody.checked-in',
    words(
      `入库 ${taken.length} 件，退回 ${sentBack.length} 件${paper.zh}`,
      `${taken.length} checked in, ${sentBack.length} sent back${paper.en}`,
    ),
  )
  return { next: null, say, acts: { commands: [...checkIns, ...refusals, ...slips], with: signedBy(work) } }
}

/** Where the entry slip comes out: what is not printed here is printed at a desk. */
function slipWords(list: string, taken: number, slips: number): Words {
  if (taken === 0) return words('', '')
  return slips > 0
    ? words('；入库单小票已送打印', '; the entry slip is being printed')
    : words(`；入库单请在办案桌面按清单 ${list} 打印`, `; print the entry slip of list ${list} at a desk`)
}
