import type { Circumstances, Decision } from '../server/module.ts'
import type { Scene } from '../server/custody/scene.ts'
import { recordingOf } from '../server/custody/testing.ts'
import { noteVideo } from '../server/custody/videos/videos.ts'

type Noting = readonly [command: ReturnType<typeof recordingOf>, decide: (of: Circumstances) => Decision]

/** That the taking of these is on film: what is noted, and how it is decided in what is loaded then. */
export function filmOf(codes: readonly string[], takenAt: string, scene: () => Scene): Noting {
  const command = recordingOf(codes, takenAt)
  return [command, (of) => noteVideo({ ...scene(), names: new Map() }, command, of)]
}
