// Advice for when Linux or a container engine refuses a mount. docs/containers.md has the same, by environment.

import { existsSync, readFileSync } from 'node:fs';
import { say } from '../../language/say.ts';
import { mayMount } from './privileges.ts';

/** A sentence for the end of an error message: the engine's options, or the machine's setting, that allow the mount. */
export function containerAdvice(reason: string): string {
  if (isContainer())
    return say('Start the container with {options} (docs/containers.md)', { options: engineOptions().join(' ') });
  if (!reason.includes('/dev/fuse')) return say('Run as root{advice}', { advice: namespaceAdvice() });
  return /ENOENT|ENODEV/.test(reason)
    ? say('Run: modprobe fuse')
    : say("Run as root, or chmod 666 /dev/fuse (the distributions' default)");
}

/** The options of Docker, Podman and similar engines. A Pod's manifest and other engines have other names for them. */
function engineOptions(): string[] {
  const options = ['--device /dev/fuse'];
  if (!mayMount()) options.push('--cap-add SYS_ADMIN');
  // AppArmor's profile for containers refuses mount(2) whatever the capabilities are.
  const profile = setting('/proc/self/attr/apparmor/current') ?? setting('/proc/self/attr/current') ?? '';
  if (/^(docker-default|containers-default|cri-containerd)/.test(profile)) {
    options.push('--security-opt apparmor=unconfined');
  }
  return options;
}

/** The settings by which distributions forbid user namespaces. */
function namespaceAdvice(): string {
  if (setting('/proc/sys/kernel/unprivileged_userns_clone') === '0') {
    return say(', or: sysctl kernel.unprivileged_userns_clone=1');
  }
  if (setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1') {
    return say(', or: sysctl kernel.apparmor_restrict_unprivileged_userns=0');
  }
  if (setting('/proc/sys/user/max_user_namespaces') === '0') return say(', or: sysctl user.max_user_namespaces=10000');
  return '';
}

/** Whether a container engine has started this process: each leaves a mark. */
function isContainer(): boolean {
  return (
    existsSync('/.dockerenv') ||
    existsSync('/run/.containerenv') ||
    process.env.container !== undefined ||
    process.env.KUBERNETES_SERVICE_HOST !== undefined ||
    hasContainerFilter()
  );
}

/** Docker, Podman and Kubernetes filter system calls: this process has a filter that it did not make. */
function hasContainerFilter(): boolean {
  return /^Seccomp:\t2$/m.test(setting('/proc/self/status') ?? '');
}

function setting(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
