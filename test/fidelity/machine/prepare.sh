#!/usr/bin/env bash
# prepare.sh [RELEASE…]: downloads and unpacks what boot.sh needs into $REALXEN: a dom0 kernel, busybox, and Debian's Xen (4.14 of Debian
# 11, 4.17 of 12, 4.20 of 13; all three by default). apt fetches and verifies them, with lists of its own: nothing is installed.
# A RELEASE such as tools-4.20 is a root with that release's tools and the libraries they need, for `scripts/real-xen tools`.
set -euo pipefail
target=$REALXEN
mkdir -p "$target"
cd "$target"
say() { echo "real-xen: $*" >&2; }
for tool in apt-get dpkg cpio; do
  command -v $tool >/dev/null || { say "$tool is missing: on Debian or Ubuntu, apt-get install apt dpkg cpio"; exit 1; }
done
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e $keyring ] || { say "$keyring is missing: apt-get install debian-archive-keyring"; exit 1; }
# The mirror that this machine already uses, if it runs Debian.
sources=$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true) # most machines lack one of them
mirror=$(sed -n 's/^URIs: *//p; s/^deb  *\(\[[^]]*\] *\)\{0,1\}\([^ ]*\) .*/\2/p' <<<"$sources" | grep -m 1 debian || echo http://deb.debian.org/debian)

apt_of() { # apt_of SUITE: sets the array `apt` to apt-get's options for a state of its own in apt/SUITE
  local state=$target/apt/$1
  mkdir -p "$state"/{state/lists/partial,cache/archives/partial,debs}
  : >"$state/status"
  cat >"$state/sources.list" <<LIST
deb [signed-by=$keyring] $mirror $1 main
deb [signed-by=$keyring] ${mirror%/debian}/debian-security $1-security main
LIST
  apt=(-qq -oDir::State="$state/state" -oDir::State::Lists="$state/state/lists" -oDir::Cache="$state/cache"
    -oDir::State::status="$state/status" -oDir::Etc::SourceList="$state/sources.list" -oDir::Etc::SourceParts=/dev/null
    -oDir::Etc::Preferences=/dev/null -oDir::Etc::PreferencesParts=/dev/null -oAPT::Install-Recommends=false -oAPT::Sandbox::User=root)
  [ -e "$state/updated" ] || { apt-get "${apt[@]}" update && touch "$state/updated"; }
}

unpack() { # unpack SUITE FOLDER PACKAGE…
  local suite=$1 folder=$2 package deb
  shift 2
  mkdir -p "$folder"
  (cd "apt/$suite/debs" && apt-get "${apt[@]}" download "$@")
  for package; do
    for deb in "apt/$suite/debs/${package}"_*.deb; do dpkg -x "$deb" "$folder"; done
  done
}

if [ ! -e dom0/vmlinuz ]; then
  say 'a dom0 kernel and busybox …'
  apt_of bookworm
  kernel=$(apt-get "${apt[@]}" -s install linux-image-amd64 2>/dev/null | sed -n 's/^Inst \(linux-image-[0-9][^ ]*\) .*/\1/p' | head -n 1)
  [ -n "$kernel" ] || { say "$mirror offers no linux-image-amd64 for bookworm"; exit 1; }
  unpack bookworm dom0 busybox-static "$kernel"
  cp dom0/boot/vmlinuz-* dom0/vmlinuz
fi

tools_root() { # tools_root RELEASE SUITE: unpacks xen-utils-RELEASE and all that it depends on into tools-RELEASE
  local packages
  apt_of "$2"
  packages=$(apt-get "${apt[@]}" -s install base-files bash coreutils dash findutils grep mount procps sed util-linux libstdc++6 \
    "xen-utils-$1" xenstore-utils | sed -n 's/^Inst \([^ ]*\) .*/\1/p' | grep -v '^base-files$')
  # base-files comes first: it brings /bin and /lib, which are links from Debian 12 on.
  unpack "$2" "tools-$1.new" base-files $packages
  # What the packages' scripts would do.
  rm -rf "tools-$1.new"/var/{run,lock}
  ln -s /run "tools-$1.new/var/run"
  ln -s /run/lock "tools-$1.new/var/lock"
  mkdir -p "tools-$1.new"/{dev,etc,mnt,proc,run,sys,tmp,usr/local/bin,var/lib/xen,var/log/xen}
  mv "tools-$1.new" "tools-$1"
}

(($#)) || set -- 4.14 4.17 4.20
for release; do
  case ${release#tools-} in
    4.14) suite=bullseye ;;
    4.17) suite=bookworm ;;
    4.20) suite=trixie ;;
    *) say "no Xen $release: Debian has 4.14, 4.17 and 4.20"; exit 2 ;;
  esac
  if [[ $release == tools-* ]]; then
    [ -e "$release" ] || { say "the tools of Xen ${release#tools-} …"; tools_root "${release#tools-}" $suite; }
    continue
  fi
  [ -e "xen-$release" ] && continue
  say "Xen $release …"
  apt_of $suite
  unpack $suite "root-$release" "xen-hypervisor-$release-amd64" libxen-dev
  gunzip -c "root-$release/boot/xen-$release-amd64.gz" >"xen-$release.new"
  mv "xen-$release.new" "xen-$release"
done

# The initramfs of dom0: busybox, Xen's drivers, and an init that runs what boot.sh adds.
rm -rf base
mkdir -p base/{bin,proc,sys,dev,tmp,run,modules,root,etc}
cp dom0/bin/busybox base/bin/
for module in xenfs/xenfs xen-privcmd xen-evtchn xen-gntdev xen-gntalloc; do
  cp dom0/lib/modules/*/kernel/drivers/xen/$module.ko base/modules/
done
install -m 755 "$(dirname "$(realpath "$0")")/init.sh" base/init
(cd base && find . | cpio --quiet -o -H newc) >base.cpio.new
mv base.cpio.new base.cpio
