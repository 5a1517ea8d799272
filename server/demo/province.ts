import type { Post } from '../module.ts'
import { demoUnits } from './organisation.ts'

/**
 * A province that is nowhere: cities, counties and offices one below the other, a service hall in each office, clerks at its counters, and who heads
 * what. Nobody here can sign in; a supervisor of the demonstration sees all of it.
 */

export const PROVINCE = { cities: 14, counties: 135, offices: 504 } as const

type DemoUnit = (typeof demoUnits)[number]

export interface ProvincePerson {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly post: Post
}

export interface ProvinceCounter {
  readonly id: string
  readonly name: string
  readonly clerk: string
}

export interface ProvinceHall {
  readonly id: string
  readonly county: number
  readonly counters: readonly ProvinceCounter[]
}

export interface Province {
  /** Each after what it stands under. */
  readonly units: readonly DemoUnit[]
  readonly people: readonly ProvincePerson[]
  readonly halls: readonly ProvinceHall[]
}

const CITIES = [
  ...['云州', '青岚', '临湖', '安南', '平津', '永沧', '西陵'],
  ...['东岑', '定岭', '长汀', '宜江', '怀溪', '武宁', '玉岭'],
]
/** One of the first and one of the second make the name of a county: each once. */
const FIRST = [...'安宁永平清和泰德新文昌福兴瑞嘉']
const SECOND = [...'垣川岭江原湾陵溪渡']
const TOWNS = ['城关', '东河', '西坪', '北岭']
const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高']
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉文建志国春']
const DIGITS = 3

function numbered(kind: string, nth: number): string {
  return `${kind}-${String(nth + 1).padStart(DIGITS, '0')}`
}

function nameOfPerson(nth: number): string {
  const given = `${GIVEN[nth % GIVEN.length]}${GIVEN[(nth * 7 + Math.floor(nth / GIVEN.length)) % GIVEN.length]}`
  return `${SURNAMES[nth % SURNAMES.length]}${given}`
}

/** Of which city a county is, before any of them moved. */
export function cityOfCounty(county: number): number {
  return county % PROVINCE.cities
}

/** `nth` counts from 0, the number in the id from 1. */
export function cityId(nth: number): string {
  return numbered('city', nth)
}

/** `nth` counts from 0, the number in the id from 1. */
export function countyId(nth: number): string {
  return numbered('county', nth)
}

/** The whole of it; the same each time. The hall and the offices of the smaller demonstration stand in it too. */
export function layProvince(): Province {
  const people: ProvincePerson[] = []
  const person = (id: string, unit: string, post: Post): string => {
    people.push({ id, name: nameOfPerson(people.length), unit, post })
    return id
  }
  const cities = CITIES.map((name, nth): DemoUnit => {
    person(numbered('city-head', nth), cityId(nth), 'manager')
    return { unit: cityId(nth), name: `${name}市税务局`, kind: 'organ', parent: 'organ', level: 'city' }
  })
  const countyNames = FIRST.flatMap((first) => SECOND.map((second) => `${first}${second}`))
  const inCity = (nth: number): string => (nth < PROVINCE.cities ? '区' : '县')
  const counties = countyNames.map((name, nth): DemoUnit => {
    person(numbered('county-head', nth), countyId(nth), 'manager')
    const parent = cityId(cityOfCounty(nth))
    return { unit: countyId(nth), name: `${name}${inCity(nth)}税务局`, kind: 'organ', parent, level: 'county' }
  })
  const offices: DemoUnit[] = []
  const rooms: DemoUnit[] = []
  const halls: ProvinceHall[] = []
  for (let nth = 0; nth < PROVINCE.offices; nth += 1) {
    const county = nth % PROVINCE.counties
    const town = Math.floor(nth / PROVINCE.counties)
    const place = `${countyNames[county]}${inCity(county)}${TOWNS[town]}`
    const office = numbered('office', nth)
    const hall = `${office}-hall`
    offices.push({ unit: office, name: `${place}税务所`, kind: 'department', parent: countyId(county) })
    rooms.push({ unit: hall, name: `${place}办税服务厅`, kind: 'hall', parent: office })
    // Where the county has its seat, two.
    const counters = Array.from({ length: town === 0 ? 2 : 1 }, (_, at): ProvinceCounter => {
      const id = `${office}-counter-${at + 1}`
      return { id, name: `${at + 1}号窗口`, clerk: person(`${office}-clerk-${at + 1}`, hall, 'clerk') }
    })
    halls.push({ id: hall, county, counters })
  }
  const [organ, ...others] = demoUnits
  const top = { ...organ, name: '云岭省纪委监委', level: 'province' } as DemoUnit
  const below = others.map((unit) => (unit.kind === 'hall' ? { ...unit, parent: cityId(0) } : unit))
  return { units: [top, ...cities, ...counties, ...offices, ...rooms, ...below], people, halls }
}
