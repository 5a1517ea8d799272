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
import { issuesOf, lastLabels, loadLabels, loadLabelScene } from './label-store.ts'
import {
  type LabelScene,
  reprintLabels,
  scanBackLabels,
  type ScanBackState,
  settleLabels,
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
    registers: async (trx, command) => registersOf((await lastLabels(trx, codesOf(command))).values()),
    load: async (trx, command, circumstances) => ({
      labels: await issuesOf(trx, codesOf(command)),
      known: await knownAmong(trx, codesOf(command), circumstances),
    }),
    decide: scanBackLabels,
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
  return handler<C, LabelScene>({
    schema: schemas[type],
    posts: ['officer', 'custodian', SYSTEM],
    registers: async (trx, { labels }) => registersOf(await loadLabels(trx, labels)),
    load: async (trx, { labels }, circumstances) => {
      const named = await loadLabels(trx, labels)
      return loadLabelScene(trx, [...new Set(named.map(({ code }) => code))], circumstances)
    },
    decide: settleLabels,
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

function registersOf(labels: Iterable<{ readonly register: string }>): string[] {
  return [...new Set([...labels].map(({ register }) => register))]
}

function codesOf({ labels }: LabelScannedBack): string[] {
  return labels.map(({ code }) => code)
}

/** Those of these codes of whose things the actor may know. */
async function knownAmong(trx: Trx, codes: readonly string[], { actor, at }: Circumstances): Promise<Set<string>> {
  const known = new Set<string>()
  const sight = await sightOf(trx, actor, at)
  // The program is blind, and takes a label back whatever it is on.
  if (actor.person !== SYSTEM) for (const code of codes) if (await seesLabelled(trx, sight, code)) known.add(code)
  return known
}
