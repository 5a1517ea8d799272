import { type Handler, handler } from '../../module.ts'
import { hallRegister } from '../rating.ts'
import { callSampled, drawServices, orderSample, type OrderState, type SampleState } from './sample.ts'
import { type CallSampled, type DrawServices, type OrderSample, sampleSchemas } from './schemas.ts'
import { loadOrderSample, loadSample, registersOfSample } from './store.ts'

/** Call-back samples, by supervisors alone. */
export const sampleHandlers: Readonly<Record<string, Handler>> = {
  'rating.order-sample': handler<OrderSample, OrderState>({
    schema: sampleSchemas['rating.order-sample'],
    posts: ['supervisor'],
    registers: async (_trx, { hall }) => [hallRegister(hall)],
    load: loadOrderSample,
    decide: orderSample,
  }),
  'rating.draw-services': handler<DrawServices, SampleState>({
    schema: sampleSchemas['rating.draw-services'],
    posts: ['supervisor'],
    registers: (trx, { sample }) => registersOfSample(trx, sample),
    load: (trx, { sample }) => loadSample(trx, sample),
    decide: drawServices,
  }),
  'rating.call-sampled': handler<CallSampled, SampleState>({
    schema: sampleSchemas['rating.call-sampled'],
    posts: ['supervisor'],
    registers: (trx, { sample }) => registersOfSample(trx, sample),
    load: (trx, { sample }) => loadSample(trx, sample),
    decide: callSampled,
  }),
}
