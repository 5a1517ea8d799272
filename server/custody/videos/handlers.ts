import { type Handler } from '../../module.ts'
import { namesOfCases } from '../in-clear/store.ts'
import { overScene } from '../items/over-items.ts'
import { type NoteVideo, videoSchemas } from './schemas.ts'
import { noteVideo, type VideoScene } from './videos.ts'

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
