import type { Route } from '../../router.ts'

export const deskRoutes: readonly Route[] = [
  { path: '/desk', title: 'desk.title', load: () => import('./Desk.svelte') },
  { path: '/desk/cases/:number', title: 'desk.case-title', load: () => import('./CasePage.svelte') },
  { path: '/desk/cases/:number/register', title: 'desk.register-title', load: () => import('./RegisterPage.svelte') },
  { path: '/desk/cases/:number/cards', title: 'desk.cards-title', load: () => import('./CardsPage.svelte') },
  { path: '/desk/cases/:number/inbound', title: 'inbound.title', load: () => import('./InboundPage.svelte') },
  { path: '/desk/items/:code/count', title: 'count.title', load: () => import('./CountPage.svelte') },
  { path: '/desk/conflicts', title: 'list.conflicts', load: () => import('./ConflictsPage.svelte') },
  { path: '/desk/disposals/:code', title: 'disposal.title', load: () => import('./DisposalPage.svelte') },
  { path: '/desk/lists/:code', title: 'desk.list-title', load: () => import('./ListPage.svelte') },
]
