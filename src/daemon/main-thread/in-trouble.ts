// Modules that the main thread needs when something goes wrong. They are loaded at the start, since a process that has run out of
// descriptors or memory cannot import anything.

export { closeInUse, PollSet } from '../../linux/io.ts';
export { tgkill } from '../../linux/signals.ts';
export { cpuTimeOf } from '../../linux/thread.ts';
export { LogOutput } from '../log/log-output.ts';
export { cutOff } from './cut-off.ts';
export { endProcess } from './end-process.ts';
export { FileWatch } from './file-watch.ts';
export { giveBackMemorySoon } from './give-back-memory.ts';
export { StuckListeners } from './stuck-listeners.ts';
