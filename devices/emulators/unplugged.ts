/** What an emulated device has to say reaches nobody. */
export class Unplugged extends Error {
  constructor(address: string, why = 'is unplugged') {
    super(`${address} ${why}`)
    this.name = 'Unplugged'
  }
}
