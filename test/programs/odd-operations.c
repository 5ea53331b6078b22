/*
 * odd-operations FILE...: system calls that no Xen program makes on these files. Each is made in a process of its own. Prints a line for
 * each: file, call, result or errno; `KILLED` if it did not end within ten seconds. None has MAP_POPULATE: where a page cannot be read,
 * Linux then tries again until the program is killed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/io_uring.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/fanotify.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <linux/openat2.h>

static const char *path;
static char buffer[65536];
static char *volatile bad = (char *)8;

static int opened(int flags)
{
    int fd = open(path, flags | O_NONBLOCK);
    if (fd < 0) fd = open(path, (flags & ~O_ACCMODE) | O_RDONLY | O_NONBLOCK);
    return fd;
}

#define ON(flags, call) ({ int fd = opened(flags); fd < 0 ? -1L : (long)(call); })

static long do_pread(void) { return ON(O_RDWR, pread(fd, buffer, 64, 1 << 20)); }
static long do_pread_end(void) { return ON(O_RDWR, pread(fd, buffer, 64, INT64_MAX - 64)); }
static long do_pwrite(void) { return ON(O_RDWR, pwrite(fd, buffer, 64, 4096)); }
static long do_pwrite_end(void) { return ON(O_RDWR, pwrite(fd, buffer, 64, INT64_MAX - 64)); }
static long do_readv(void)
{
    struct iovec parts[] = { { buffer, 1 }, { buffer + 100, 0 }, { buffer + 200, 7 }, { NULL, 0 } };
    return ON(O_RDWR, readv(fd, parts, 4));
}
static long do_writev(void)
{
    struct iovec parts[] = { { buffer, 1 }, { buffer + 100, 0 }, { buffer + 200, 7 } };
    return ON(O_RDWR, writev(fd, parts, 3));
}
static long do_preadv2(void)
{
    struct iovec part = { buffer, 64 };
    return ON(O_RDWR, preadv2(fd, &part, 1, 0, RWF_NOWAIT | RWF_HIPRI));
}
static long do_read_bad(void) { return ON(O_RDWR, read(fd, bad, 4096)); }
static long do_write_bad(void) { return ON(O_RDWR, write(fd, bad, 4096)); }
static long do_read_huge(void)
{
    void *huge = mmap(NULL, 1ul << 31, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return ON(O_RDWR, read(fd, huge, 0x7ffff000));
}
static long do_write_huge(void)
{
    void *huge = mmap(NULL, 1ul << 31, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return ON(O_RDWR, write(fd, huge, 1 << 28));
}
static long do_splice_from(void)
{
    int ends[2];
    if (pipe(ends)) return -1;
    return ON(O_RDWR, splice(fd, NULL, ends[1], NULL, 4096, SPLICE_F_NONBLOCK));
}
static long do_splice_to(void)
{
    int ends[2];
    if (pipe(ends) || write(ends[1], buffer, 4096) < 0) return -1;
    return ON(O_RDWR, splice(ends[0], NULL, fd, NULL, 4096, SPLICE_F_NONBLOCK));
}
static long do_vmsplice_to(void)
{
    int ends[2];
    struct iovec part = { buffer, 4096 };
    if (pipe(ends) || vmsplice(ends[1], &part, 1, SPLICE_F_GIFT) < 0) return -1;
    return ON(O_RDWR, splice(ends[0], NULL, fd, NULL, 4096, SPLICE_F_MOVE | SPLICE_F_NONBLOCK));
}
static long do_sendfile_from(void) { int out = memfd_create("out", 0); return ON(O_RDWR, sendfile(out, fd, NULL, 4096)); }
static long do_sendfile_to(void)
{
    int in = memfd_create("in", 0);
    if (ftruncate(in, 4096)) return -1;
    return ON(O_RDWR, sendfile(fd, in, NULL, 4096));
}
static long do_copy_file_range(void) { int out = memfd_create("out", 0); return ON(O_RDWR, copy_file_range(fd, NULL, out, NULL, 4096, 0)); }
static long do_fallocate(void) { return ON(O_RDWR, fallocate(fd, 0, 0, 1 << 20)); }
static long do_punch(void) { return ON(O_RDWR, fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4096)); }
static long do_ftruncate(void) { return ON(O_RDWR, ftruncate(fd, 0)); }
static long do_ftruncate_up(void) { return ON(O_RDWR, ftruncate(fd, 1ll << 40)); }
static long do_truncate(void) { return truncate(path, 4096); }
static long do_open_trunc(void) { return open(path, O_RDWR | O_TRUNC | O_NONBLOCK) < 0 ? -1 : 0; }
static long do_open_excl(void) { return open(path, O_RDWR | O_CREAT | O_EXCL, 0600) < 0 ? -1 : 0; }
static long do_open_direct(void) { return open(path, O_RDONLY | O_DIRECT | O_NONBLOCK) < 0 ? -1 : 0; }
static long do_open_directory(void) { return open(path, O_RDONLY | O_DIRECTORY) < 0 ? -1 : 0; }
static long do_open_tmpfile(void) { return open(path, O_RDWR | O_TMPFILE, 0600) < 0 ? -1 : 0; }
static long do_open_append(void) { return open(path, O_RDWR | O_APPEND | O_SYNC | O_NOATIME | O_NONBLOCK) < 0 ? -1 : 0; }
static long do_seek_end(void) { return ON(O_RDWR, lseek(fd, 0, SEEK_END)); }
static long do_seek_hole(void) { return ON(O_RDWR, lseek(fd, 0, SEEK_HOLE)); }
static long do_seek_far(void) { return ON(O_RDWR, lseek(fd, INT64_MAX, SEEK_SET) == INT64_MAX ? read(fd, buffer, 8) : -1); }
static long do_lock(void)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    return ON(O_RDWR, fcntl(fd, F_SETLK, &lock));
}
static long do_flock(void) { return ON(O_RDWR, flock(fd, LOCK_EX | LOCK_NB)); }
static long do_lease(void) { return ON(O_RDONLY, fcntl(fd, F_SETLEASE, F_RDLCK)); }
static long do_notify(void) { return ON(O_RDONLY, fcntl(fd, F_NOTIFY, DN_MODIFY)); }
static long do_async(void)
{
    signal(SIGIO, SIG_IGN);
    return ON(O_RDWR, fcntl(fd, F_SETOWN, getpid()) | fcntl(fd, F_SETFL, O_ASYNC | O_NONBLOCK));
}
static long do_set_direct(void) { return ON(O_RDWR, fcntl(fd, F_SETFL, O_DIRECT | O_NONBLOCK)); }
static long do_seals(void) { return ON(O_RDWR, fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE)); }
static long do_fionread(void) { int count; return ON(O_RDWR, ioctl(fd, FIONREAD, &count)); }
static long do_fibmap(void) { int block = 0; return ON(O_RDWR, ioctl(fd, FIBMAP, &block)); }
static long do_getflags(void) { int flags; return ON(O_RDWR, ioctl(fd, FS_IOC_GETFLAGS, &flags)); }
static long do_clone(void) { int in = memfd_create("in", 0); return ON(O_RDWR, ioctl(fd, FICLONE, in)); }
static long do_fsync(void) { return ON(O_RDWR, fsync(fd) | fdatasync(fd)); }
static long do_syncfs(void) { return ON(O_RDWR, syncfs(fd)); }
static long do_fadvise(void) { return ON(O_RDWR, posix_fadvise(fd, 0, 0, POSIX_FADV_WILLNEED)); }
static long do_readahead(void) { return ON(O_RDWR, readahead(fd, 0, 1 << 20)); }
static long map(int protection, int flags, size_t length, off_t offset)
{
    int fd = opened(O_RDWR);
    char *at = fd < 0 ? MAP_FAILED : mmap(NULL, length, protection, flags, fd, offset);
    if (at == MAP_FAILED) return -1;
    volatile char byte = at[0]; /* SIGBUS shows */
    (void)byte;
    madvise(at, length, MADV_DONTNEED);
    mprotect(at, length, PROT_NONE);
    mremap(at, length, 2 * length, MREMAP_MAYMOVE);
    return 0;
}
static long do_map_shared(void) { return map(PROT_READ | PROT_WRITE, MAP_SHARED, 4096, 0); }
static long do_map_private(void) { return map(PROT_READ | PROT_WRITE, MAP_PRIVATE, 4096, 0); }
static long do_map_exec(void) { return map(PROT_READ | PROT_EXEC, MAP_SHARED, 4096, 0); }
static long do_map_sync(void) { return map(PROT_READ | PROT_WRITE, MAP_SHARED_VALIDATE | MAP_SYNC, 4096, 0); }
static long do_map_huge(void) { return map(PROT_READ, MAP_SHARED | MAP_HUGETLB, 2 << 20, 0); }
static long do_map_far(void) { return map(PROT_READ, MAP_SHARED, 1 << 20, 1ll << 45); }
static long do_map_wide(void) { return map(PROT_READ, MAP_SHARED | MAP_NORESERVE, 1ull << 40, 0); }
static long do_map_growsdown(void) { return map(PROT_READ, MAP_PRIVATE | MAP_GROWSDOWN | MAP_STACK, 4096, 0); }
static long do_exec(void) { return execl(path, path, NULL); }
static long do_poll(void)
{
    int fd = opened(O_RDWR);
    struct pollfd polled[256];
    for (int i = 0; i < 256; i++) polled[i] = (struct pollfd){ fd, ~0, 0 };
    return fd < 0 ? -1 : poll(polled, 256, 50) ? polled[0].revents : 0;
}
static long do_epoll(void)
{
    int fd = opened(O_RDWR), set = epoll_create1(0);
    struct epoll_event event = { EPOLLIN | EPOLLOUT | EPOLLET, { 0 } };
    if (fd < 0) return -1;
    for (int i = 0; i < 500; i++) {
        if (epoll_ctl(set, EPOLL_CTL_ADD, fd, &event) < 0) return -1;
        epoll_wait(set, &event, 1, 0);
        event.events = EPOLLIN | EPOLLEXCLUSIVE * (i % 2);
        epoll_ctl(set, EPOLL_CTL_DEL, fd, &event);
    }
    return 0;
}
static long do_inotify(void) { int in = inotify_init1(IN_NONBLOCK); return inotify_add_watch(in, path, IN_ALL_EVENTS) < 0 ? -1 : ON(O_RDWR, read(in, buffer, 4096) > 0); }
static long do_fanotify(void)
{
    int in = fanotify_init(FAN_CLASS_CONTENT | FAN_NONBLOCK, O_RDONLY);
    return in < 0 ? -1 : fanotify_mark(in, FAN_MARK_ADD, FAN_OPEN | FAN_ACCESS, AT_FDCWD, path);
}
static long do_statx(void) { struct statx found; return statx(AT_FDCWD, path, AT_STATX_FORCE_SYNC, STATX_ALL, &found); }
static long do_statvfs(void) { struct statvfs found; return statvfs(path, &found); }
static long do_getxattr(void) { return getxattr(path, "user.any", buffer, sizeof buffer); }
static long do_getcap(void) { return getxattr(path, "security.capability", buffer, sizeof buffer); }
static long do_setxattr(void) { return setxattr(path, "user.any", "x", 1, 0); }
static long do_setacl(void) { return setxattr(path, "system.posix_acl_access", buffer, 4, 0); }
static long do_listxattr(void) { return listxattr(path, buffer, sizeof buffer); }
static long do_removexattr(void) { return removexattr(path, "user.any"); }
static long do_chmod(void) { struct stat was; return stat(path, &was) ? -1 : chmod(path, was.st_mode & 07777); }
static long do_chmod_setuid(void) { return chmod(path, 04777) ? -1 : chmod(path, 0600); }
static long do_chown(void) { struct stat was; return stat(path, &was) ? -1 : chown(path, was.st_uid, was.st_gid); }
static long do_utimes(void) { struct timeval times[2] = { { 1, 1 }, { -1, 0 } }; return utimes(path, times); }
static long do_rename(void) { char to[4096]; snprintf(to, sizeof to, "%s.x", path); return rename(path, to); }
static long do_rename_out(void) { return rename(path, "/tmp/odd-operations.x"); }
static long do_exchange(void) { char to[4096]; snprintf(to, sizeof to, "%s/..", path); return syscall(SYS_renameat2, AT_FDCWD, path, AT_FDCWD, to, RENAME_EXCHANGE); }
static long do_link(void) { char to[4096]; snprintf(to, sizeof to, "%s.x", path); return link(path, to); }
static long do_link_fd(void) { char from[64]; return ON(O_RDWR, (sprintf(from, "/proc/self/fd/%d", fd), linkat(AT_FDCWD, from, AT_FDCWD, "/tmp/odd-operations.x", AT_SYMLINK_FOLLOW))); }
static long do_symlink(void) { char to[4096]; snprintf(to, sizeof to, "%s.x", path); return symlink("x", to); }
static long do_unlink(void) { return unlink(path); }
static long do_mknod(void) { char to[4096]; snprintf(to, sizeof to, "%s.x", path); return mknod(to, S_IFCHR | 0666, 0x103); }
static long do_mkdir(void) { char to[4096]; snprintf(to, sizeof to, "%s.x", path); return mkdir(to, 0777); }
static long do_bind(void) { char to[4096]; snprintf(to, sizeof to, "%s.x", path); int fd = open(to, O_CREAT | O_RDWR, 0600); return fd < 0 ? -1 : 0; }
static long do_long_name(void) { char name[5000]; memset(name, 'n', sizeof name); snprintf(name, sizeof name, "%s", path); char *end = strrchr(name, '/'); memset(end + 1, 'n', 300); end[301] = 0; return open(name, O_RDONLY) < 0 ? -1 : 0; }
static long openat2_with(uint64_t resolve)
{
    struct open_how how = { .flags = O_RDONLY | O_NONBLOCK, .resolve = resolve };
    char directory[4096];
    snprintf(directory, sizeof directory, "%s", path);
    char *end = strrchr(directory, '/');
    *end = 0;
    int parent = open(*directory ? directory : "/", O_RDONLY | O_DIRECTORY);
    return syscall(SYS_openat2, parent, end + 1, &how, sizeof how) < 0 ? -1 : 0;
}
static long do_beneath(void) { return openat2_with(RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS); }
static long do_in_root(void) { return openat2_with(RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS); }
static long do_no_xdev(void) { return openat2_with(RESOLVE_NO_XDEV); }
static long do_cached(void) { return openat2_with(RESOLVE_CACHED); }
static long do_handle(void)
{
    char space[sizeof(struct file_handle) + MAX_HANDLE_SZ];
    struct file_handle *handle = (struct file_handle *)space;
    int mount, at;
    handle->handle_bytes = MAX_HANDLE_SZ;
    if (name_to_handle_at(AT_FDCWD, path, handle, &mount, 0) < 0) return -1;
    at = open("/dev/xen", O_RDONLY);
    return open_by_handle_at(at, handle, O_RDONLY | O_NONBLOCK) < 0 ? -1 : 0;
}
static long do_uring(void)
{
    struct io_uring_params parameters = { 0 };
    int ring = syscall(SYS_io_uring_setup, 8, &parameters), fd = opened(O_RDWR);
    if (ring < 0 || fd < 0) return -1;
    size_t size = parameters.sq_off.array + parameters.sq_entries * 4;
    size_t completions = parameters.cq_off.cqes + parameters.cq_entries * sizeof(struct io_uring_cqe);
    char *rings = mmap(NULL, size > completions ? size : completions, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING);
    struct io_uring_sqe *entries = mmap(NULL, 8 * sizeof *entries, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
    unsigned operations[] = { IORING_OP_READ, IORING_OP_WRITE, IORING_OP_POLL_ADD, IORING_OP_FSYNC, IORING_OP_READV, IORING_OP_FADVISE, IORING_OP_STATX, IORING_OP_READ };
    struct iovec part = { buffer, 64 };
    for (unsigned i = 0; i < 8; i++) {
        entries[i] = (struct io_uring_sqe){ .opcode = operations[i], .fd = fd, .addr = (uintptr_t)buffer, .len = 64, .user_data = i };
        if (operations[i] == IORING_OP_POLL_ADD) entries[i].addr = 0, entries[i].len = 0, entries[i].poll32_events = POLLIN;
        if (operations[i] == IORING_OP_READV) entries[i].addr = (uintptr_t)&part, entries[i].len = 1;
        if (operations[i] == IORING_OP_STATX) entries[i].addr = (uintptr_t)path, entries[i].fd = AT_FDCWD, entries[i].len = STATX_ALL, entries[i].off = (uintptr_t)buffer;
        if (i == 7) entries[i].flags = IOSQE_ASYNC;
        ((unsigned *)(rings + parameters.sq_off.array))[i] = i;
    }
    *(volatile unsigned *)(rings + parameters.sq_off.tail) = 8;
    long submitted = syscall(SYS_io_uring_enter, ring, 8, 1, IORING_ENTER_GETEVENTS, NULL, 0);
    usleep(20000);
    return submitted;
}
static long do_small_files(void)
{
    struct rlimit none = { 0, 0 };
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &none);
    return ON(O_RDWR, write(fd, buffer, 4));
}
static long do_read_threads(void)
{
    int fd = opened(O_RDONLY);
    for (int i = 0; i < 8; i++)
        if (fork() == 0) {
            for (int n = 0; n < 50; n++) if (read(fd, buffer, 1 + n * 37 % 4096) < 0 && errno != EAGAIN) break;
            _exit(0);
        }
    while (wait(NULL) > 0) continue;
    return fd < 0 ? -1 : 0;
}
static long do_process_mrelease(void) { return ON(O_RDWR, syscall(448, fd, 0)); }
static long do_cachestat(void) { struct { uint64_t off, len; } range = { 0, 4096 }; return ON(O_RDWR, syscall(451, fd, &range, buffer, 0)); }

static const struct { const char *name; long (*call)(void); } operations[] = {
#define OP(name) { #name, do_##name }
    OP(pread), OP(pread_end), OP(pwrite), OP(pwrite_end), OP(readv), OP(writev), OP(preadv2), OP(read_bad), OP(write_bad), OP(read_huge),
    OP(write_huge), OP(splice_from), OP(splice_to), OP(vmsplice_to), OP(sendfile_from), OP(sendfile_to), OP(copy_file_range), OP(fallocate),
    OP(punch), OP(ftruncate), OP(ftruncate_up), OP(truncate), OP(open_trunc), OP(open_excl), OP(open_direct), OP(open_directory),
    OP(open_tmpfile), OP(open_append), OP(seek_end), OP(seek_hole), OP(seek_far), OP(lock), OP(flock), OP(lease), OP(notify), OP(async),
    OP(set_direct), OP(seals), OP(fionread), OP(fibmap), OP(getflags), OP(clone), OP(fsync), OP(syncfs), OP(fadvise), OP(readahead),
    OP(map_shared), OP(map_private), OP(map_exec), OP(map_sync), OP(map_huge), OP(map_far), OP(map_wide), OP(map_growsdown),
    OP(exec), OP(poll), OP(epoll), OP(inotify), OP(fanotify), OP(statx), OP(statvfs), OP(getxattr), OP(getcap), OP(setxattr), OP(setacl),
    OP(listxattr), OP(removexattr), OP(chmod), OP(chmod_setuid), OP(chown), OP(utimes), OP(rename), OP(rename_out), OP(exchange), OP(link),
    OP(link_fd), OP(symlink), OP(unlink), OP(mknod), OP(mkdir), OP(bind), OP(long_name), OP(beneath), OP(in_root), OP(no_xdev), OP(cached),
    OP(handle), OP(uring), OP(small_files), OP(read_threads), OP(process_mrelease), OP(cachestat),
};

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++)
        for (unsigned n = 0; n < sizeof operations / sizeof *operations; n++) {
            path = argv[i];
            pid_t pid = fork();
            if (pid == 0) {
                alarm(10);
                errno = 0;
                long result = operations[n].call();
                if (result < 0) printf("%s %s: %s\n", path, operations[n].name, strerrorname_np(errno));
                else printf("%s %s: %ld\n", path, operations[n].name, result);
                _exit(0);
            }
            int status;
            waitpid(pid, &status, 0);
            if (WIFSIGNALED(status)) printf("%s %s: %s\n", path, operations[n].name, WTERMSIG(status) == SIGALRM ? "KILLED" : sigabbrev_np(WTERMSIG(status)));
        }
    return 0;
}
