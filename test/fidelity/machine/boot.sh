#!/usr/bin/env bash
# boot.sh RELEASE OUTPUT DEST=FILE…: boots the real Xen RELEASE under QEMU with these files in dom0's root and runs its run.sh, whose
# standard output goes to OUTPUT and whose console (Xen's and Linux's) goes to OUTPUT.console. Only one machine runs at a time; others wait.
# XENCMD, LINUXCMD, QEMUCMD: more options for Xen, for dom0's Linux and for QEMU. T: seconds (280).
set -euo pipefail
release=$1 output=$2
shift 2
say() { echo "real-xen: $*" >&2; }
command -v qemu-system-x86_64 >/dev/null ||
  { say 'qemu-system-x86_64 is missing: apt-get install --no-install-recommends qemu-system-x86 seabios'; exit 1; }
[ -e "$REALXEN/xen-$release" ] && [ -e "$REALXEN/base.cpio" ] || "$(dirname "$(realpath "$0")")/prepare.sh" "$release"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for laid; do
  mkdir -p "$work/root/$(dirname "${laid%%=*}")"
  cp "${laid#*=}" "$work/root/${laid%%=*}"
done
(cd "$work/root" && find . | cpio --quiet -o -H newc) >"$work/laid.cpio"
cat "$REALXEN/base.cpio" "$work/laid.cpio" >"$work/initrd"
exec 9>"$REALXEN/lock"
flock 9
# An AMD machine of two CPUs and 3 GiB: what the recorded answers speak of.
nice timeout "${T:-280}" qemu-system-x86_64 -accel tcg -cpu qemu64,+svm,+npt -smp 2 -m 3072 -display none -monitor none -no-reboot -nic none ${QEMUCMD-} \
  -kernel "$REALXEN/xen-$release" \
  -append "console=com1 com1=115200 loglvl=all guest_loglvl=all dom0_mem=1G,max:1G ${XENCMD-}" \
  -initrd "$REALXEN/dom0/vmlinuz console=hvc0 loglevel=4 rdinit=/init ${LINUXCMD-},$work/initrd" \
  -serial "file:$output.console" -serial "file:$output" </dev/null 9>&-
