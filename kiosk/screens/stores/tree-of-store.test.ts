import { expect, test } from 'vitest'
import type { ShownLocation } from '../../../server/custody/protocol.ts'
import { branchesOf } from './tree-of-store.ts'

const shelf = (name: string, at: ShownLocation['at']): ShownLocation => ({
  ...{ code: name, store: 'store-1', name, storageClass: 'ordinary', at },
  ...{ capacity: 10, occupied: 0, frozen: 0, containers: 0 },
})

test('shelves stand under their site, room and rack, numbers by their size; what has only a name comes first', () => {
  const branches = branchesOf([
    shelf('东院 二室 10架 1', { site: '东院', room: '二室', rack: '10架', slot: '1' }),
    shelf('东院 二室 2架 10', { site: '东院', room: '二室', rack: '2架', slot: '10' }),
    shelf('东院 二室 2架 9', { site: '东院', room: '二室', rack: '2架', slot: '9' }),
    shelf('A区 1排', null),
  ])
  expect(
    branches.map(({ path, shelves }) => [path.join('/'), shelves.map(({ at, name }) => at?.slot ?? name)]),
  ).toEqual([
    ['', ['A区 1排']],
    ['东院/二室/2架', ['9', '10']],
    ['东院/二室/10架', ['1']],
  ])
})
