// Paths in patches: relative to the top of Xen's tree, or to a directory above or below it.

/** The contents of xen/. */
const inXen =
  /^(arch\/(x86|arm|ppc|riscv|ia64)\/|(common|include|drivers|xsm|lib|crypto|scripts|test|tools)\/|(Makefile|Rules\.mk|Kconfig)$)/;
/** Linux has paths like these too. */
const ofLinux =
  /^(arch\/x86\/(xen|kernel|kvm|entry|include\/asm\/xen)|include\/(xen\/interface|linux|uapi)|drivers\/(xen|net|block))\/|\blinux/;
/** The other folders at the top, beside xen/. */
const atTop = /^(tools|docs|stubdom|extras|config|automation|m4|unmodified_drivers|linux|buildconfigs|patches)(\/|$)/;

/** Files that patches often name without a directory. */
const bare: Readonly<Record<string, string>> = {
  'xen.h': 'xen/include/public/xen.h',
  'entry.S': 'xen/arch/x86/x86_64/entry.S',
  'hypercall-defs.c': 'xen/include/hypercall-defs.c',
  'version.h': 'xen/include/public/version.h',
  'domctl.h': 'xen/include/public/domctl.h',
  'sysctl.h': 'xen/include/public/sysctl.h',
  'hvm.c': 'xen/arch/x86/hvm/hvm.c',
};

/** The path from the top of Xen's tree, such as xen/common/kernel.c, without any directories before it. */
export function xenPath(written: string): string {
  const path = written.replace(/^(\.\/)+/, '').replace(/\.(new|mod|modified)$/, '');
  const parts = path.split('/');
  for (let from = 0; from < parts.length; from += 1) {
    const rest = parts.slice(from).join('/');
    if (rest.startsWith('xen/') && inXen.test(rest.slice(4))) return rest;
    if (atTop.test(rest)) return rest;
  }
  for (const from of [0, 1]) {
    const rest = parts.slice(from).join('/');
    if (inXen.test(rest) && !ofLinux.test(rest) && !ofLinux.test(path)) return `xen/${rest}`;
  }
  const name = parts.at(-1) ?? '';
  const stripped = /^[ab]\//.test(path) ? path.slice(2) : path;
  return bare[name] ?? (parts.length === 1 && /\.[ch]$/.test(name) ? `xen/common/${name}` : stripped);
}

/** Whether a file belongs to the hypervisor for x86. Tools, documents and other architectures do not, and XSM's hooks are Fauxen's own. */
export function isHypervisor(path: string): boolean {
  if (!path.startsWith('xen/')) return false;
  return !/^xen\/(tools|test|scripts|xsm|include\/xsm|arch\/(arm|ppc|riscv|ia64|x86\/x86_32|x86\/boot)|include\/asm-(arm|ia64|ppc|riscv))\//.test(
    path,
  );
}
