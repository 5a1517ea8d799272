import type { Circumstances } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { mustBeSignature } from '../signing/strokes.ts'
import type { AcceptInbound } from './accept-schemas.ts'
import type { InboundFacts, InboundSigned } from './facts.ts'

type Side = NonNullable<AcceptInbound['signed']>['bringer']

/**
 * 双方签名 (rules C-35, X-04): who brought the goods and who accepts them sign the list, or it is said why one of them does not.
 * @throws Refusal `custody.inbound-unsigned`, `custody.signature-empty`, `custody.signature-too-big`
 */
export function signedBy(
  signed: AcceptInbound['signed'],
  { mint }: Pick<Circumstances, 'mint'>,
): NonNullable<InboundFacts['custody.inbound-accepted']['signed']> {
  if (signed === undefined) throw new Refusal('custody.inbound-unsigned')
  const one = (side: Side): InboundSigned => {
    if ('notSigned' in side) return { notSigned: mint.seal(side.notSigned) }
    mustBeSignature(side.strokes)
    return { on: side.on, strokes: mint.seal({ strokes: side.strokes }) }
  }
  return { bringer: one(signed.bringer), receiver: one(signed.receiver) }
}
