import type { Trx } from '../../database/connect.ts'
import { type Circumstances, type Decision, handler, type Handler, SYSTEM } from '../../module.ts'
import type { PaperSources } from '../../paper-source.ts'
import { storeRegister, unitRegister } from '../custody.ts'
import { seesLabelled } from '../reads.ts'
import {
  type IssuePaper,
  type LabelOutcome,
  type LabelScannedBack,
  type ReprintLabel,
  schemas,
  type TagOutcome,
  type WantLabel,
  type WantTag,
} from '../schemas.ts'
import { sightOf } from '../sight/sight.ts'
import { loadScene, registersOfItems } from '../store.ts'
import { loadIssuing, subjectOf } from './issuing.ts'
import { issueAmong, lastLabels, loadIssue, loadLabel, loadLabelScene } from './label-store.ts'
import {
  type LabelScene,
  reprintLabels,
  scanBackLabel,
  type ScanBackState,
  settleLabel,
  type SettleState,
  wantLabels,
} from './labels.ts'
import { type DrawnPaper, issuePaper } from './papers.ts'
import { settleTag, type TagScene, wantTag } from './tags.ts'

/** Numbers and archives a paper, also about a thing that another module knows. */
export function issuing(sources: PaperSources): Handler {
  return handler<IssuePaper, DrawnPaper>({
    schema: schemas['custody.issue-paper'],
    posts: ['officer', 'custodian', 'supervisor', 'manager', 'clerk'],
    registers: async (trx, command) => {
      const subject = await subjectOf(trx, command, sources)
      return subject === null ? [] : [unitRegister(subject.unit)]
    },
    load: (trx, command, { actor, at }) => loadIssuing(trx, command, { actor, at, sources }),
    decide: issuePaper,
  })
}

/** Labels that are printed and tags that are written. */
export const paperHandlers: Readonly<Record<string, Handler>> = {
  'custody.want-label': overLabels<WantLabel>('custody.want-label', wantLabels),
  'custody.reprint': overLabels<ReprintLabel>('custody.reprint', reprintLabels),
  'custody.label-printed': labelOutcome('custody.label-printed'),
  'custody.label-failed': labelOutcome('custody.label-failed'),
  'custody.label-unknown': labelOutcome('custody.label-unknown'),
  'custody.want-tag': overTag<WantTag>('custody.want-tag', wantTag),
  'custody.tag-bound': overTag<TagOutcome>('custody.tag-bound', settleTag),
  'custody.tag-not-written': overTag<TagOutcome>('custody.tag-not-written', settleTag),
  'custody.label-scanned-back': handler<LabelScannedBack, ScanBackState>({
    schema: schemas['custody.label-scanned-back'],
    posts: ['officer', 'custodian', SYSTEM],
    registers: async (trx, { code }) => registerOf((await lastLabels(trx, [code])).get(code)),
    load: async (trx, { code, issue }, { actor, at }) => ({
      ...(await loadIssue(trx, code, issue)),
      known: await seesLabelled(trx, await sightOf(trx, actor, at), code),
    }),
    decide: scanBackLabel,
  }),
}

function overLabels<C extends WantLabel | ReprintLabel>(
  type: C['type'],
  decide: typeof wantLabels | typeof reprintLabels,
) {
  return handler<C, LabelScene>({
    schema: schemas[type],
    posts: ['officer', 'custodian'],
    registers: async (trx, { codes }) => [
      ...(await registersOfItems(trx, codes)),
      ...(await registersOfStores(trx, 'locations', codes)),
      ...(await registersOfStores(trx, 'containers', codes)),
      ...(await registersOfStores(trx, 'lists', codes)),
    ],
    load: (trx, { codes }, circumstances) => loadLabelScene(trx, codes, circumstances),
    decide: decide as (state: LabelScene, command: C, of: Circumstances) => Decision,
  })
}

async function registersOfStores(
  trx: Trx,
  table: 'locations' | 'containers' | 'lists',
  codes: readonly string[],
): Promise<string[]> {
  const found = await trx.selectFrom(table).select('store').where('id', 'in', codes).distinct().execute()
  return found.map(({ store }) => storeRegister(store))
}

function labelOutcome<C extends LabelOutcome>(type: C['type']): Handler {
  return handler<C, SettleState>({
    schema: schemas[type],
    posts: ['officer', 'custodian', SYSTEM],
    registers: async (trx, { label }) => registerOf(await loadLabel(trx, label)),
    load: async (trx, { label: id }, circumstances) => {
      const named = await loadLabel(trx, id)
      const scene = await loadLabelScene(trx, named === undefined ? [] : [named.code], circumstances)
      return { ...scene, ...issueAmong(scene.labels.get(named?.code ?? '') ?? [], named?.issue) }
    },
    decide: settleLabel,
  })
}

function overTag<C extends WantTag | TagOutcome>(
  type: C['type'],
  decide: (scene: TagScene, command: C, circumstances: Circumstances) => Decision,
): Handler {
  return handler<C, TagScene>({
    schema: schemas[type],
    posts: ['officer', 'custodian'],
    registers: (trx, { item }) => registersOfItems(trx, [item]),
    load: (trx, { item }, circumstances) => loadScene(trx, [item], circumstances, {}),
    decide,
  })
}

function registerOf(label: { readonly register: string } | undefined): string[] {
  return label === undefined ? [] : [label.register]
}
