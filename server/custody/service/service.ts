import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { maySign, type Paper } from '../papers/papers.ts'
import { rules } from '../rules.ts'
import type { ServePaper } from './schemas.ts'
import { SERVICE_FIELDS, serviceFields, serviceWays, type ServiceField, type ServiceWay } from './ways.ts'

/** What a service looks at: the paper that is in sight, the cases it is about, and whether the scan is kept. */
export interface ServiceScene {
  readonly paper: Paper | null
  readonly cases: readonly Case[]
  readonly hasScan: boolean
}

const MS_PER_DAY = 86_400_000
const MS_PER_MINUTE = 60_000

/**
 * 登记送达 (rules T-20): that a paper was served, how, when and to whom, by those who may issue it. What is published counts as served after
 * its days, and is recorded once they are over. A further record stands beside the first.
 * @throws Refusal `request.not-found`, `custody.paper-not-yours`, `custody.service-replaced`, `custody.service-time`, `custody.service-early`,
 * `custody.service-field`, `custody.service-scan`
 */
export function servePaper(scene: ServiceScene, command: ServePaper, { actor, at, mint }: Circumstances): Decision {
  const { paper, cases, hasScan } = scene
  const { way, servedAt, scan = null } = command
  if (paper === null) throw new Refusal('request.not-found', { what: command.paper })
  if (!maySign(actor, cases, paper.store)) throw new Refusal('custody.paper-not-yours')
  if (paper.replacedBy !== undefined) throw new Refusal('custody.service-replaced', { number: paper.number })
  // A form tells the minute; the paper may have been issued within it.
  if (servedAt > at || servedAt < minuteOf(paper.issuedAt))
    throw new Refusal('custody.service-time', { issuedAt: paper.issuedAt, number: paper.number })
  const { countsFrom, told } = receiptOf(command, at)
  if (scan !== null && !hasScan) throw new Refusal('custody.service-scan')
  return {
    facts: [
      draft(unitRegister(paper.unit), 'custody.paper-served', `paper/${paper.id}`, {
        ...{ kind: paper.kind, items: paper.items, way, servedAt, countsFrom, told: mint.seal(told), scan },
      }),
    ],
  }
}

/** The minute that a moment lies in, as a form tells it. */
export function minuteOf(moment: string): string {
  return new Date(Math.floor(Date.parse(moment) / MS_PER_MINUTE) * MS_PER_MINUTE).toISOString()
}

/** 送达回证, as it was filled in. */
export type GivenReceipt = Pick<ServePaper, 'way' | 'servedAt' | ServiceField>

/**
 * What a receipt proves: from when on it counts as served, and who took it or why not.
 * @throws Refusal `custody.service-early`, `custody.service-field`
 */
export function receiptOf(
  given: GivenReceipt,
  at: string,
): { readonly countsFrom: string; readonly told: Partial<Record<ServiceField, string>> } {
  const { way, servedAt } = given
  const countsFrom = countsFromOf(way, servedAt)
  if (countsFrom > at)
    throw new Refusal('custody.service-early', { days: rules.service_notice_days.value, from: countsFrom })
  const told = Object.fromEntries(
    SERVICE_FIELDS.flatMap((field) => {
      const said = given[field]?.trim() ?? ''
      return said === '' ? [] : [[field, said]]
    }),
  ) as Partial<Record<ServiceField, string>>
  const needs: readonly ServiceField[] = serviceWays[way].needs
  const missing = needs.find((field) => told[field] === undefined)
  if (missing !== undefined) {
    const [named, called] = [serviceFields[missing], serviceWays[way].name]
    throw new Refusal('custody.service-field', {
      ...{ way: called.zh, wayEn: called.en, field: named.zh, fieldEn: named.en },
    })
  }
  return { countsFrom, told }
}

/** When a paper that was served so counts as served. */
function countsFromOf(way: ServiceWay, servedAt: string): string {
  if (way !== 'NOTICE') return servedAt
  return new Date(Date.parse(servedAt) + rules.service_notice_days.value * MS_PER_DAY).toISOString()
}
