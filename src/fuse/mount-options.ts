export interface MountOptions {
  /** Other users may access the mount. Root may always set it; others need user_allow_other in /etc/fuse.conf. */
  allowOther?: boolean;
  /** The kernel checks modes and owners; without it only the drivers do. */
  defaultPermissions?: boolean;
  /** Most bytes of a read. */
  maxRead?: number;
  /** The source in mount(8) and /proc/mounts. */
  fsname?: string;
  /** The type shows as fuse.SUBTYPE. */
  subtype?: string;
  readOnly?: boolean;
}

/** `text`: the value of -o as mount(8) takes it, with FUSE's names. Throws on an unknown option or a bad value. */
export function parseMountOptions(text: string): MountOptions {
  const options: MountOptions = {};
  for (const option of text.split(',').filter((part) => part !== '')) {
    const [name = '', value] = splitOnce(option, '=');
    const parse = parsers[name];
    if (parse === undefined) {
      throw new Error(`unknown mount option ${name}: known are ${Object.keys(parsers).sort().join(', ')}.`);
    }
    parse(options, value, name);
  }
  return options;
}

type Parser = (options: MountOptions, value: string | undefined, name: string) => void;

const parsers: Readonly<Record<string, Parser>> = {
  __proto__: null as never, // no `constructor`, `toString` ... as options
  allow_other: (options, value, name) => {
    options.allowOther = flag(name, value);
  },
  default_permissions: (options, value, name) => {
    options.defaultPermissions = flag(name, value);
  },
  ro: (options, value, name) => {
    options.readOnly = flag(name, value);
  },
  rw: (options, value, name) => {
    options.readOnly = !flag(name, value);
  },
  max_read: (options, value, name) => {
    options.maxRead = Number(text(name, value));
  },
  fsname: (options, value, name) => {
    options.fsname = text(name, value);
  },
  subtype: (options, value, name) => {
    options.subtype = text(name, value);
  },
};

function flag(name: string, value: string | undefined): true {
  if (value !== undefined) throw new Error(`mount option ${name} takes no value, got ${value}.`);
  return true;
}

function text(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new Error(`mount option ${name} needs a value: ${name}=VALUE.`);
  return value;
}

function splitOnce(option: string, separator: string): [string, string | undefined] {
  const at = option.indexOf(separator);
  return at < 0 ? [option, undefined] : [option.slice(0, at), option.slice(at + 1)];
}

/** The mount data for the kernel's FUSE, with `fd` as mount(8)'s descriptor of /dev/fuse. Sets nosuid and nodev, as fusermount does. */
export function kernelOptions(options: MountOptions, fd: number, uid: number, gid: number): string {
  const { allowOther, defaultPermissions, maxRead, readOnly } = options;
  const parts = [`fd=${fd}`, 'rootmode=40755', `user_id=${uid}`, `group_id=${gid}`, 'nosuid', 'nodev'];
  if (allowOther) parts.push('allow_other');
  if (defaultPermissions) parts.push('default_permissions');
  if (readOnly) parts.push('ro');
  if (maxRead !== undefined) {
    // The kernel rounds less than a page up to a page.
    if (!Number.isInteger(maxRead) || maxRead < 1 || maxRead > 0xffffffff) {
      throw new Error(`mount option max_read must be a number of bytes up to 4294967295, got ${maxRead}.`);
    }
    parts.push(`max_read=${maxRead}`);
  }
  return parts.join(',');
}
