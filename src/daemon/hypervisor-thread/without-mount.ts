import { constants } from 'node:os';
import { CallServer } from '../mountless/call-server.ts';
import { describe } from './main-link.ts';
import { type CommandedTransport, obeyCommands } from './obey-commands.ts';
import type { ServingParts, Transport } from './transport.ts';

/** Serves the calls of a program that runs without a mount. */
export function withoutMount(parts: ServingParts): Transport {
  const { link, service, ptracer, later, words } = parts;
  const { root, memory } = service;
  const server = new CallServer({
    root,
    memory,
    ptracer,
    later,
    words,
    serving: (call) => service.serving(call),
    note: link.warn,
    onError: (error) => link.log('error', `a call: ${describe(error)}`),
  });
  service.attach(server);
  const transport: CommandedTransport = {
    listen: (listener) => listener !== undefined && server.listen(listener),
    handle: () => {},
  };
  const onInterrupt = () => obeyCommands({ ...parts, transport });
  return {
    begin() {
      link.report({ kind: 'serving' });
      server.serve(onInterrupt);
    },
    resume() {
      server.abort(-constants.errno.ETIMEDOUT);
      server.serve(onInterrupt);
    },
  };
}
