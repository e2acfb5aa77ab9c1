#!/usr/bin/env bash
# Fetches the package of the last release that went through, so that a deployment can go back to it. There may be none: the first release.
#
#   deploy/github/previous.sh FOLDER     leaves FOLDER/package.zip
#
# Needs gh, GH_TOKEN and the permission actions: read.
set -euo pipefail
folder=${1:?Usage: deploy/github/previous.sh FOLDER}
run=$(gh run list --workflow deploy.yml --branch main --event push --status success --limit 1 --json databaseId --jq '.[].databaseId')
if [[ -z $run ]]; then
  echo "No release went through before this one."
  exit 0
fi

mkdir -p "$folder"
gh run download "$run" --name package --dir "$folder" || echo "The package of run $run is not kept any more."
