import { CallServer, type CallServerOptions } from '../mountless/call-server.ts';
import type { HypervisorService } from './hypervisor-service.ts';

/** Creates the server for a program's calls in a run without a mount, and connects it to the drivers. */
export function serveCalls(
  service: HypervisorService,
  options: Pick<CallServerOptions, 'later' | 'words' | 'note' | 'onError'>,
): CallServer {
  const { root, memory } = service;
  const server = new CallServer({ ...options, root, memory, serving: (call) => service.serving(call) });
  service.attach(server);
  return server;
}
