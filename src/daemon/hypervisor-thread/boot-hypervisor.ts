import { statSync } from 'node:fs';
import { FileFrames } from '../../drivers/foreign-memory/file-frames.ts';
import { say } from '../../language/say.ts';
import { type Abi, DEFAULT_XEN_VERSION, isXenVersion, loadAbi, loadAllAbis, xenVersions } from '../../xen/abi/abi.ts';
import { addTracer } from '../../xen/call/tracers.ts';
import { createHypervisor } from '../../xen/create-hypervisor.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import { shows } from '../log/log.ts';
import { callLogger } from '../log/log-calls.ts';
import type { Settings } from '../protocol/settings.ts';
import type { Channels } from './channels.ts';
import { makeMachine } from './host-machine.ts';
import type { OpenedScenario } from './open-scenario.ts';
import { SettingsError } from './settings-error.ts';

/** Boots a hypervisor with the release and machine from the settings and the scenario. Throws SettingsError. */
export async function bootHypervisor(
  settings: Settings,
  scenario: OpenedScenario | undefined,
  channels: Channels,
): Promise<Hypervisor> {
  const machine = { ...makeMachine(settings.machine), cpuModel: settings.cpuModel };
  const hypervisor = createHypervisor({
    abi: await loadRelease(settings.xenVersion ?? (await treeRelease(settings.hypercalls)) ?? DEFAULT_XEN_VERSION),
    machine: scenario?.machine(machine) ?? machine,
    ...(settings.xenCommandLine !== undefined && { commandLine: settings.xenCommandLine }),
    guestFrames: (domid) => guestFile(domid, channels),
    dom0Bits: settings.dom0Bits,
    anyInterfaceVersion: settings.anyInterfaceVersion,
    ...(settings.anyInterfaceVersion && { otherAbis: await loadAllAbis() }),
  });
  hypervisor.turn = channels.later;
  if (shows(settings.logLevel, 'debug')) addTracer(hypervisor.hooks, callLogger(channels.log));
  hypervisor.hooks.handlerFailed.add(({ name }, error) => {
    channels.log('error', `${name}: ${error instanceof Error ? error.stack : error}`);
  });
  return hypervisor;
}

/** Guest memory that callers can map; undefined if this system cannot make memory files. */
function guestFile(domid: number, { log }: Channels): FileFrames | undefined {
  try {
    return new FileFrames(domid);
  } catch (error) {
    log('warn', `memory of domain ${domid} cannot be mapped: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/** The release of the Xen source tree among the user's files; undefined without one. */
async function treeRelease(files: readonly string[]): Promise<string | undefined> {
  const directory = files.find((file) => statSync(file, { throwIfNoEntry: false })?.isDirectory());
  if (directory === undefined) return undefined;
  const { SourceTree } = await import('../../user-hypercalls/patch/source-tree.ts');
  const { LoadError } = await import('../../user-hypercalls/load-error.ts');
  try {
    return new SourceTree(directory).version;
  } catch (error) {
    if (error instanceof LoadError) throw new SettingsError(error.message);
    throw error;
  }
}

async function loadRelease(version: string): Promise<Abi> {
  if (!isXenVersion(version))
    throw new SettingsError(
      say('no Xen {version}: --xen knows {versions}', { version, versions: xenVersions.join(', ') }),
    );
  return loadAbi(version);
}
