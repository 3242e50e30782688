#!/usr/bin/env bash
# Adds a build to the published site:  add-version.sh <build> <site> vX.Y
#
#   <site>/        the newest version
#   <site>/vX.Y/   each version, unchanged, until a semester after the next one was published
#
# The date of a version stands in <site>/vX.Y/published, in seconds since 1970.
set -euo pipefail

build=$1 site=$2 version=$3
# A semester with its examinations: 30 weeks.
kept_for=$((30 * 7 * 24 * 60 * 60))
now=${NOW:-$(date +%s)}

if [[ ! $version =~ ^v[0-9]+\.[0-9]+$ ]]; then
  echo "a version is named vX.Y, not $version" >&2
  exit 2
fi
if [[ ! -f $build/index.html ]]; then
  echo "there is no build in $build: run cargo xtask dist" >&2
  exit 2
fi
if [[ -e $site/$version ]]; then
  echo "$version is published already and never changes: take the next number" >&2
  exit 1
fi

# Names of the published versions, the newest first.
versions() {
  find "$site" -mindepth 1 -maxdepth 1 -type d -name 'v*.*' -printf '%f\n' | sort --version-sort --reverse
}

is_old() {
  ((now - $(<"$site/$1/published") > kept_for))
}

cp -r "$build" "$site/$version"
echo "$now" >"$site/$version/published"

successor=
for name in $(versions); do
  [[ -f $site/$name/published ]] || continue
  if [[ -n $successor ]] && is_old "$name" && is_old "$successor"; then
    rm -r "${site:?}/$name"
  else
    successor=$name
  fi
done

# Else names that begin with _ are left out.
touch "$site/.nojekyll"

# An older line may get a version too; the root is the newest one's.
if [[ $(versions | head -n 1) != "$version" ]]; then
  exit 0
fi

# Browsers that hold the version before may still ask for its files (Python): they
# stay until the next time. What stood here for that reason goes.
superseded=$site/.superseded
if [[ -f $superseded ]]; then
  while read -r name; do rm -r -f "${site:?}/$name"; done <"$superseded"
fi
find "$site" -mindepth 1 -maxdepth 1 ! -name '.*' ! -name CNAME ! -name 'v*.*' -printf '%f\n' |
  while read -r name; do [[ -e $build/$name ]] || echo "$name"; done >"$superseded.new"
mv "$superseded.new" "$superseded"
cp -r "$build/." "$site"
