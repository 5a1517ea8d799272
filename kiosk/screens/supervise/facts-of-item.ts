import type { ItemCard } from '../../../server/custody/protocol.ts'
import { directory } from '../../custody/directory.svelte.ts'
import { sayAside, sayList, sayMinute } from '../../custody/say.ts'
import { formatGrams, formatYuan } from '../../format.ts'
import { pick, t } from '../../words/words.svelte.ts'

const presence = ({ attendance, isAlias, name, reason }: ItemCard['witness']): string =>
  [isAlias && name !== null ? sayAside(name, t('identity.is-alias')) : name, t(`attendance.${attendance}`), reason]
    .filter(Boolean)
    .join(' · ')
const saySource = ({ organ, number, line, seal }: NonNullable<ItemCard['source']>): string => {
  const from = t('inbound.source-of', { organ, number, line })
  return seal === null ? from : sayAside(from, t('inbound.source-seal', { seal }))
}
const people = (ids: readonly string[]): string => sayList(ids.map((id) => directory.nameOf(`person/${id}`)))

/** What was registered of an item, and what has been added to that since: in terms and words. */
export const factsOf = (item: ItemCard): { term: string; value: string; code?: boolean }[] => [
  { term: t('item.category'), value: pick(item.category.words) },
  { term: t('item.quantity'), value: pick(item.quantityWords) },
  { term: t('life.features'), value: item.features || t('life.none') },
  ...(item.source === null ? [] : [{ term: t('inbound.source'), value: saySource(item.source) }]),
  ...(item.relevance === null ? [] : [{ term: t('register.relevance'), value: item.relevance }]),
  ...item.details.map(({ name, words }) => ({ term: pick(name), value: pick(words) })),
  {
    term: t('life.weights'),
    value:
      sayList(item.weights.map(({ weight_mg }) => t('life.grams', { grams: formatGrams(weight_mg) }))) ||
      t('life.none'),
  },
  ...(item.tare === null
    ? []
    : [
        {
          term: t('life.net'),
          value: t('life.net-of', {
            net: formatGrams(item.tare.net_mg),
            gross: formatGrams(item.tare.gross_mg),
            tare: formatGrams(item.tare.tare_mg),
          }),
        },
      ]),
  {
    term: t('life.seal-number'),
    value: item.seal ? sayAside(item.seal.number, people(item.seal.signers)) : t('life.none'),
  },
  ...(item.cannotSeal === null ? [] : [{ term: t('life.cannot-seal'), value: item.cannotSeal }]),
  {
    term: t('life.taken'),
    value: `${sayMinute(item.measure.takenAt)} · ${item.measure.place ?? t('approval.erased')}`,
  },
  { term: t('life.notice'), value: item.measure.noticeNumber },
  ...(item.measure.formerNumber === undefined
    ? []
    : [{ term: t('life.former-notice'), value: item.measure.formerNumber }]),
  ...(item.measure.emergency === true ? [{ term: t('register.emergency'), value: t('life.on-the-spot') }] : []),
  ...(item.deposit === null
    ? []
    : [
        {
          term: t('deposit.title'),
          value: t('deposit.paid-at', {
            ...{ yuan: formatYuan(item.deposit.amount_fen), account: item.deposit.account },
            ...{ voucher: item.deposit.voucher, name: item.deposit.finance.name, at: sayMinute(item.deposit.at) },
          }),
        },
      ]),
  { term: t('life.officers'), value: people(item.measure.officers) },
  { term: t('life.held-before'), value: presence(item.heldBefore) },
  { term: t('life.witness'), value: presence(item.witness) },
  { term: t('life.epc'), value: item.epc, code: true },
]
