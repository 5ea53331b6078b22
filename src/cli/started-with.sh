# Before Node: says in the environment what Node forgets and a shell changes. bin/fauxen and scripts/fauxen read it; $s is its path.
# See src/daemon/run/started-with.ts.
while read -r n v; do case $n in SigBlk:) b=$v ;; SigIgn:) i=$v ;; esac; done </proc/self/status
[ -z "$BASH_VERSION" ] || i=$(sed -n 's/^SigIgn:[^0-9a-f]*//p' /proc/self/status)
f=
for n in /proc/self/fd/*; do [ ! -e "$n" ] || [ "$n" -ef "$0" ] || [ "$n" -ef "$s" ] || f=$f,${n##*/}; done
case $1 in run) n=0; for v in $(base64 -w 100000 "/proc/$$/environ" 2>/dev/null); do export "FAUXEN_ENVIRONMENT_$n=$v"; n=$((n + 1)); done ;; esac
export FAUXEN_STARTED_WITH="$b $i $(ulimit -Sn) ${f#,}"
