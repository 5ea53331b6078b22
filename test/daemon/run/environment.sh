# Prints what a program finds: a section each, in an order that does not change. Used inside and outside of a run, to be compared.
section() { printf '\n== %s\n' "$1"; }
section arguments; for word; do printf '%s' "$word" | od -An -tx1 | tr -d '\n'; echo; done
section environment; tr '\0' '\n' <"/proc/$$/environ" | od -An -tx1
section descriptors
for fd in "/proc/$$/fd"/*; do case $(readlink "$fd") in */environment.sh) ;; *) printf '%s %s\n' "${fd##*/}" "$(readlink "$fd")" ;; esac; done
section flags; for fd in 0 1 2 3 7 8; do [ ! -e "/proc/$$/fdinfo/$fd" ] || echo "$fd $(sed -n 's/^flags://p' "/proc/$$/fdinfo/$fd")"; done
section limits; cat "/proc/$$/limits"
section status; grep -E '^(Umask|State|Uid|Gid|Groups|NStgid|Sig|Shd|Cap|NoNewPrivs|Seccomp|Speculation|Cpus|Mems|THP|TracerPid)' "/proc/$$/status" |
  grep -vE '^(SigQ|State|NStgid|NSpid)'
section directory; pwd -P; umask
section scheduling; nice; cat "/proc/$$/oom_score_adj"; ulimit -a
section cgroup; cat "/proc/$$/cgroup"
section namespaces; for ns in "/proc/$$/ns"/*; do printf '%s %s\n' "${ns##*/}" "$(readlink "$ns")"; done
section groups; awk '{ print "leader", $5 == $6, "terminal", $7, $8 }' "/proc/$$/stat"
section mounts; awk '{ print $4, $5 }' "/proc/$$/mountinfo" | sort
section filesystems; for path in / /dev /dev/shm /dev/pts /proc /proc/sys /sys /run /tmp; do echo "$path $(stat -f -c '%T' "$path")"; done
section types
find /dev /sys/kernel /sys/class /run -maxdepth 2 -printf '%y %m %u %g %p %l\n' 2>/dev/null | sort
find /proc -maxdepth 1 ! -name '[0-9]*' -printf '%y %m %u %g %f %l\n' 2>/dev/null | sort
find /proc/sys /proc/bus /proc/fs /proc/irq -xdev -printf '%y %m %p\n' 2>/dev/null | sort
section processes; for path in /proc/1 "/proc/$$" ; do stat -L -c '%F %a %U' "$path"; done; readlink "/proc/$$/exe" "/proc/$$/root"
