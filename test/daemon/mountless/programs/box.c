/*
 * Runs a program under the rules of a container: box RULES PROGRAM [ARG...]. The rules are those of the engines' default seccomp
 * profiles for calls that Fauxen may want, without CAP_SYS_ADMIN and CAP_SYS_PTRACE:
 *   docker   EPERM for calls that make namespaces and mounts, for kcmp and pidfd_getfd; ENOSYS for clone3
 *   strict   as docker, and EPERM for ptrace, process_vm_readv and process_vm_writev, as Podman and Docker before Linux 4.8
 *   nomount  EPERM for mount only, as AppArmor's profile for containers
 *   listener allows everything and has a seccomp listener, as an engine that supervises some calls
 * The listener's descriptor stays open in the program: a closed listener would no longer be in effect.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define REFUSE(call, error) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
/* CLONE_NEW* of clone(2), in its first argument. */
#define NAMESPACES 0x7e020000

static struct sock_filter docker[] = {
	LOAD(arch),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
	ALLOW,
	LOAD(nr),
	REFUSE(SYS_mount, EPERM), REFUSE(SYS_umount2, EPERM), REFUSE(SYS_unshare, EPERM), REFUSE(SYS_setns, EPERM),
	REFUSE(SYS_fsopen, EPERM), REFUSE(SYS_fsmount, EPERM), REFUSE(SYS_move_mount, EPERM), REFUSE(SYS_open_tree, EPERM),
	REFUSE(SYS_kcmp, EPERM), REFUSE(SYS_pidfd_getfd, EPERM), REFUSE(SYS_process_madvise, EPERM),
	REFUSE(SYS_bpf, EPERM), REFUSE(SYS_perf_event_open, EPERM), REFUSE(SYS_open_by_handle_at, EPERM),
	REFUSE(SYS_userfaultfd, EPERM), REFUSE(SYS_clone3, ENOSYS),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
	LOAD(args[0]),
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, NAMESPACES, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	ALLOW,
};

static struct sock_filter untraceable[] = {
	LOAD(nr),
	REFUSE(SYS_ptrace, EPERM), REFUSE(SYS_process_vm_readv, EPERM), REFUSE(SYS_process_vm_writev, EPERM),
	ALLOW,
};

static struct sock_filter nomount[] = { LOAD(nr), REFUSE(SYS_mount, EACCES), ALLOW };
static struct sock_filter all[] = { ALLOW };

#define FILTER(code, flags) filter(code, sizeof(code) / sizeof *(code), flags)

static int filter(struct sock_filter *code, unsigned short length, unsigned flags)
{
	struct sock_fprog program = { length, code };

	int made = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);

	if (made > 0)
		fcntl(made, F_SETFD, 0);
	return made < 0;
}

int main(int argc, char **argv)
{
	int failed = 0;

	if (argc < 3)
		return 2;
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (strcmp(argv[1], "docker") == 0)
		failed = FILTER(docker, 0);
	else if (strcmp(argv[1], "strict") == 0)
		failed = FILTER(docker, 0) || FILTER(untraceable, 0);
	else if (strcmp(argv[1], "nomount") == 0)
		failed = FILTER(nomount, 0);
	else if (strcmp(argv[1], "listener") == 0)
		failed = FILTER(all, SECCOMP_FILTER_FLAG_NEW_LISTENER);
	if (failed) {
		perror("seccomp");
		return 77;
	}
	execvp(argv[2], argv + 2);
	perror(argv[2]);
	return 127;
}
