// The fuse-native peer: one small file, read without the page cache. Usage: node peer.cjs DIRECTORY
const Fuse = require('fuse-native');

const content = Buffer.from('control_d\n');
const stat = (mode, size) => ({ mode, size, uid: 0, gid: 0, nlink: 1, mtime: 0, atime: 0, ctime: 0 });
const root = stat(0o40755, 0);
const file = stat(0o100444, content.length);

const operations = {
  readdir: (_path, answer) => answer(0, ['capabilities']),
  getattr: (path, answer) =>
    path === '/' ? answer(0, root) : path === '/capabilities' ? answer(0, file) : answer(Fuse.ENOENT),
  open: (_path, _flags, answer) => answer(0, 1),
  release: (_path, _fd, answer) => answer(0),
  read: (_path, _fd, buffer, length, position, answer) =>
    answer(content.copy(buffer, 0, position, Math.min(content.length, position + length))),
};

// fuse-native has no option for direct_io: it comes in behind fsname, in the same comma-separated list.
const fuse = new Fuse(process.argv[2], operations, { fsname: 'fauxen-bench-native,direct_io' });
fuse.mount((error) => {
  if (error) throw error;
  process.stdout.write(`mounted ${process.argv[2]}\n`);
});
process.on('SIGTERM', () => fuse.unmount(() => process.exit(0)));
