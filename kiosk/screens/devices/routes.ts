import type { Route } from '../../router.ts'

export const devicesRoutes: readonly Route[] = [
  { path: '/manage/devices', title: 'devices.title', load: () => import('./Devices.svelte') },
  { path: '/manage/agents', title: 'agents.title', load: () => import('./Agents.svelte') },
]
