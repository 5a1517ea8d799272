import type { Route } from '../../router.ts'

export const devicesRoutes: readonly Route[] = [
  { path: '/manage/devices', title: 'devices.title', load: () => import('./Devices.svelte') },
]
