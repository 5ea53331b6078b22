# Before Node: says in the environment what Node forgets and a shell changes. bin/fauxen and scripts/fauxen read it; $s is its path.
# See src/daemon/run/started-with.ts. $o: options of Node. V8's helpers of garbage collection are off: on a busy machine the hypervisor
# thread would wait for them while they wait for a CPU, and all callers with it (half a second was measured).
o=--single-threaded-gc
while read -r n v; do case $n in SigBlk:) b=$v ;; SigIgn:) i=$v ;; esac; done </proc/self/status
[ -z "$BASH_VERSION" ] || i=$(sed -n 's/^SigIgn:[^0-9a-f]*//p' /proc/self/status)
f=
for n in /proc/self/fd/*; do [ ! -e "$n" ] || [ "$n" -ef "$0" ] || [ "$n" -ef "$s" ] || f=$f,${n##*/}; done
case $1 in run) n=0; for v in $(base64 -w 100000 "/proc/$$/environ" 2>/dev/null); do export "FAUXEN_ENVIRONMENT_$n=$v"; n=$((n + 1)); done ;; esac
export FAUXEN_STARTED_WITH="$b $i $(ulimit -Sn) ${f#,}"
# Limits that are too low for Node and for files of guest memory are raised as far as is allowed; the program gets them back.
case $1 in
  run)
    l=
    while read -r a b c v h a; do
      case $b$c in cputime) r=t k=0 ;; filesize) r=f k=1 ;; datasize) r=d k=2 ;; openfiles) r=n k=7 ;; addressspace) r=v k=9 ;; *) continue ;; esac
      [ "$v" != unlimited ] || continue
      w=unlimited
      if [ $r = n ]; then # Node itself raises the soft limit to the hard one
        [ "$h" != unlimited ] && [ "$h" -lt 256 ] || continue
        w=1024
      fi
      ulimit -$r $w 2>/dev/null || ulimit -S$r "$(ulimit -H$r)" 2>/dev/null
      l="$l $k:$v:$h"
    done </proc/self/limits
    [ -z "$l" ] || export "FAUXEN_LIMITS=$l"
    n=$(ulimit -Hn)
    if [ "$n" != unlimited ] && [ "$n" -lt 64 ]; then
      echo "fauxen: the limit of $n open files is too low: Node needs 64. Raise it: ulimit -n 1024" >&2
      exit 125
    fi
    ;;
esac
