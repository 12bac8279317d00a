import type { ExecutionContext } from '@nestjs/common';

type Handler = ReturnType<ExecutionContext['getHandler']>;
type Controller = ReturnType<ExecutionContext['getClass']>;

interface Known<T> {
  readonly value: T;
}

/** Caches a value that is the same for all requests to a route. */
export class PerRoute<T> {
  private readonly known = new WeakMap<Controller, WeakMap<Handler, Known<T>>>();

  /** @param lookUp computes the value for a handler, which is a method of the controller. */
  constructor(private readonly lookUp: (handler: Handler, controller: Controller) => T) {}

  of(context: ExecutionContext): T {
    const [handler, controller] = [context.getHandler(), context.getClass()];
    const ofController = this.known.get(controller) ?? new WeakMap<Handler, Known<T>>();
    const known = ofController.get(handler);
    if (known !== undefined) return known.value;
    const value = this.lookUp(handler, controller);
    this.known.set(controller, ofController.set(handler, { value }));
    return value;
  }
}
