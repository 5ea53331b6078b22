/* What a program may do with device descriptors that Fauxen handed over. Prints "not ok" and the reason for each failure, then "done". */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct hypercall { uint64_t op, arg[5]; };
#define HYPERCALL _IOC(_IOC_NONE, 'P', 0, sizeof(struct hypercall))
#define RESTRICT _IOC(_IOC_NONE, 'P', 6, 2)
#define BIND_INTERDOMAIN _IOC(_IOC_NONE, 'E', 1, 8)
#define BIND_UNBOUND _IOC(_IOC_NONE, 'E', 2, 4)
#define UNBIND _IOC(_IOC_NONE, 'E', 3, 4)
#define NOTIFY _IOC(_IOC_NONE, 'E', 4, 4)

static long result(long value) { return value < 0 ? -errno : value; }

#define IS(what, wanted) \
	do { \
		long got_ = (what), wanted_ = (wanted); \
		if (got_ != wanted_) printf("not ok %d: %s is %ld, not %ld\n", __LINE__, #what, got_, wanted_); \
	} while (0)

static long version(int fd)
{
	struct hypercall call = { 17, { 0 } };

	return result(ioctl(fd, HYPERCALL, &call));
}

static long with_port(int fd, unsigned long command, uint32_t port) { return result(ioctl(fd, command, &port)); }

static short ready(int fd, short events, int timeout)
{
	struct pollfd one = { fd, events, 0 };

	return poll(&one, 1, timeout) < 0 ? -1 : one.revents;
}

static int privcmd(int flags) { return open("/proc/xen/privcmd", flags); }

static void restricting(void)
{
	uint16_t domain = 3;
	int one = privcmd(O_RDWR), other = open("/dev/xen/privcmd", O_RDWR | O_CLOEXEC), copy = dup(one);

	IS(version(one), 4 << 16 | 17);
	IS(version(other), 4 << 16 | 17);
	IS(result(ioctl(copy, RESTRICT, &domain)), 0);
	IS(version(one), -EPERM);
	IS(version(other), 4 << 16 | 17);
	close(one);
	IS(version(copy), -EPERM);
	/* Reopening the file through /proc gives no other access. */
	char path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", copy);
	int again = open(path, O_RDWR);
	IS(version(again), -EPERM);
	close(again);
	close(copy);
	IS(version(other), 4 << 16 | 17);
	IS(fcntl(other, F_GETFD), FD_CLOEXEC);
	close(other);
	IS(version(other), -EBADF);
}

static void flags(void)
{
	int named = privcmd(O_PATH), only = open("/proc/xen/capabilities", O_RDONLY | O_NONBLOCK);

	IS(named >= 0, 1);
	IS(version(named) < 0, 1);
	close(named);
	IS(fcntl(only, F_GETFL) & (O_ACCMODE | O_NONBLOCK), O_RDONLY | O_NONBLOCK);
	IS(version(only), -ENOTTY);
	close(only);
	IS(result(privcmd(O_RDWR | O_DIRECTORY)), -ENOTDIR);
	IS(result(open("/proc/xen/privcmd", O_RDWR | O_CREAT | O_EXCL, 0600)), -EEXIST);
	IS(result(open("/proc/xen/new", O_RDWR | O_CREAT, 0600)), -EACCES);
	IS(result(open("/proc/xen/new", O_RDWR)), -ENOENT);
	IS(result(open("/proc/xen/privcmd/", O_RDWR)), -ENOTDIR);
	IS(result(open("/proc/xen/privcmd/x", O_RDWR)), -ENOTDIR);
	IS(result(open("/dev/xen", O_RDWR)), -EISDIR);
	IS(result(open("/proc/xen", O_RDWR | O_TMPFILE, 0600)), geteuid() == 0 ? -EOPNOTSUPP : -EACCES);
	IS(result(open("/proc/xen", O_RDONLY | O_TMPFILE, 0600)), -EINVAL);
	IS(result(open((char *)8, O_RDWR)), -EFAULT);
	int file = privcmd(O_RDWR);
	struct stat a, b;
	IS(fstat(file, &a), 0);
	IS(stat("/proc/xen/privcmd", &b), 0);
	IS(a.st_mode == b.st_mode && a.st_uid == b.st_uid && a.st_size == b.st_size, 1);
	IS(access("/proc/xen/privcmd", R_OK | W_OK), 0);
	IS(result(access("/proc/xen/privcmd", X_OK)), -EACCES);
	IS(result(stat("/proc/xen/privcmd", (struct stat *)8)), -EFAULT);
	IS(ready(file, POLLIN | POLLOUT, 0), POLLIN | POLLOUT);
	close(file);
}

static void directories(int goes)
{
	DIR *directory = opendir("/dev/xen");
	int found = 0;

	IS(directory != NULL, 1);
	for (struct dirent *entry; directory && (entry = readdir(directory));) found += !strcmp(entry->d_name, "evtchn");
	IS(found, 1);
	int file = openat(dirfd(directory), "privcmd", O_RDWR);
	IS(version(file), 4 << 16 | 17);
	close(file);
	struct stat seen;
	IS(fstatat(dirfd(directory), "../xen/privcmd", &seen, 0), 0);
	IS(fchdir(dirfd(directory)), 0);
	file = open("privcmd", O_RDWR);
	IS(version(file), 4 << 16 | 17);
	close(file);
	IS(chdir("/"), 0);
	closedir(directory);
	IS(result(chdir("/proc/xen")), goes ? 0 : -EACCES);
	IS(result(access("capabilities", R_OK)), goes ? 0 : -ENOENT);
	IS(chdir("/"), 0);
	IS(result(chdir("/proc/xen/privcmd")), -ENOTDIR);
}

static void *reads(void *fd)
{
	uint32_t port = 0;
	long got = read(*(int *)fd, &port, sizeof port);

	return (void *)(got == sizeof port ? (long)port : -1);
}

static void channels(void)
{
	int here = open("/dev/xen/evtchn", O_RDWR), there = open("/dev/xen/evtchn", O_RDWR | O_NONBLOCK);
	uint32_t port = with_port(here, BIND_UNBOUND, 0), pair[2] = { 0, port }, got = 0;
	long remote = result(ioctl(there, BIND_INTERDOMAIN, pair));

	IS(remote > 0, 1);
	IS(ready(there, POLLIN | POLLOUT, 1000) & POLLIN, POLLIN); /* binding leaves an event */
	IS(read(there, &got, sizeof got), sizeof got);
	IS(got, remote);
	IS(result(read(there, &got, sizeof got)), -EAGAIN);
	IS(with_port(here, NOTIFY, port), 0);
	IS(ready(there, POLLIN, 0), 0); /* masked until its number is written */
	got = remote;
	IS(write(there, &got, sizeof got), sizeof got);
	IS(ready(there, POLLIN, 5000), POLLIN);
	IS(read(there, &got, sizeof got), sizeof got);
	IS(write(there, &got, sizeof got), sizeof got);

	/* A thread that waits, and epoll. */
	pthread_t thread;
	void *returned;
	pthread_create(&thread, NULL, reads, &here);
	IS(with_port(there, NOTIFY, remote), 0);
	pthread_join(thread, &returned);
	IS((long)returned, port);
	IS(write(here, &port, sizeof port), sizeof port);
	int set = epoll_create1(0);
	struct epoll_event event = { .events = EPOLLIN, .data.u32 = 7 };
	IS(epoll_ctl(set, EPOLL_CTL_ADD, here, &event), 0);
	event.data.u32 = 0;
	IS(with_port(there, NOTIFY, remote), 0);
	IS(epoll_wait(set, &event, 1, 5000), 1);
	IS(event.data.u32, 7);
	close(set);

	/* Another process uses what it inherits; only the last close unbinds. */
	pid_t child = fork();
	if (child == 0) {
		close(here);
		_exit(with_port(there, NOTIFY, remote) != 0);
	}
	int status = -1;
	waitpid(child, &status, 0);
	IS(status, 0);
	IS(with_port(there, NOTIFY, port), -ENOTCONN); /* a port of another file */
	IS(with_port(here, UNBIND, port), 0);
	IS(with_port(here, UNBIND, port), -ENOTCONN);
	IS(result(ioctl(here, _IOC(_IOC_NONE, 'E', 77, 4), &port)), -ENOSYS);
	close(here);
	close(there);
}

/* A descriptor passed through a socket is the same file; a file that only looks alike is not. */
static void passing(void)
{
	int pair[2], file = privcmd(O_RDWR), got = -1;
	char space[CMSG_SPACE(sizeof(int))] = { 0 }, byte = 0;
	struct iovec one = { &byte, 1 };
	struct msghdr message = { .msg_iov = &one, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space };
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	IS(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(header), &file, sizeof(int));
	IS(sendmsg(pair[0], &message, 0), 1);
	close(file);
	IS(recvmsg(pair[1], &message, 0), 1);
	memcpy(&got, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(int));
	IS(version(got), 4 << 16 | 17);
	close(got);
	int mine = memfd_create("/proc/xen/privcmd", 0);
	IS(version(mine), -ENOTTY);
	IS(version(pair[0]) < 0, 1);
	close(mine);
	close(pair[0]);
	close(pair[1]);
}

static void many(void)
{
	static int files[300];

	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 300; i++) files[i] = privcmd(O_RDWR);
		for (int i = 0; i < 300; i += 50) IS(version(files[i]), 4 << 16 | 17);
		IS(version(files[299]), 4 << 16 | 17);
		for (int i = 0; i < 300; i++) close(files[i]);
	}
}

/* With an argument: this process cannot be traced, so Fauxen cannot make it change its directory. */
int main(int argc, char **argv)
{
	(void)argv;
	restricting();
	flags();
	directories(argc == 1);
	channels();
	passing();
	many();
	printf("done\n");
	return 0;
}
