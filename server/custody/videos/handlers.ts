import { type Deed, deed, type DeedData } from '../../approvals/approvals.ts'
import { type Handler } from '../../module.ts'
import { namesOfCases } from '../in-clear/store.ts'
import { overScene } from '../items/over-items.ts'
import type { Scene } from '../scene.ts'
import { loadScene, registersOfItems } from '../store.ts'
import { type NoteVideo, unfilmedDeed, type UnfilmedDeed, videoSchemas } from './schemas.ts'
import { allowUnfilmed, askUnfilmed, unfilmedLevels } from './unfilmed.ts'
import { noteVideo, type VideoScene } from './videos.ts'

/** What approvers grant about recordings. */
export const videoDeeds: readonly Deed[] = [
  deed<UnfilmedDeed & DeedData, Scene>({
    command: 'allow-unfilmed',
    title: {
      zh: '录音录像不完整的理由待您审批',
      en: 'Why a measure was not filmed throughout waits for your decision',
    },
    about: ({ items }) => items,
    schema: unfilmedDeed,
    registers: (trx, { items }) => registersOfItems(trx, items),
    load: (trx, { items }, circumstances) => loadScene(trx, items, circumstances, {}),
    ask: askUnfilmed,
    levels: unfilmedLevels,
    grant: allowUnfilmed,
  }),
]

/** Recordings that show items. */
export const videoHandlers: Readonly<Record<string, Handler>> = {
  'custody.note-video': overScene<NoteVideo, VideoScene>(
    videoSchemas['custody.note-video'],
    ['officer', 'custodian'],
    {},
    async (trx, scene) => ({ ...scene, names: await namesOfCases(trx, scene.cases) }),
    noteVideo,
  ),
}
