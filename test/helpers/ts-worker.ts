import { Worker, type WorkerOptions } from 'node:worker_threads';

/** A worker thread that runs a .ts file: on Node 20 `--import tsx` serves the main thread only. */
export function tsWorker(file: URL, options: WorkerOptions = {}): Worker {
  const start = `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(file.href)})))`;
  return new Worker(start, { ...options, eval: true });
}
