#!/usr/bin/env bash
# Publishes a package to both apps of a resource group, asks whether they are well, and if not publishes the package before.
#
#   deploy/publish.sh GROUP PACKAGE [PREVIOUS]     PACKAGE, PREVIOUS: zip files
#
# Publishing is closed to the outside but while this runs. The app that sends comes first: it must understand what the new API writes before the new API writes it. Both versions read what is stored.
# Needs az, logged in, and curl. TOKEN: see deploy/smoke.sh. Ends with code 0 when the package is there and well, else 1.
set -euo pipefail
shopt -s inherit_errexit

if (($# != 2 && $# != 3)); then
  echo "Usage: deploy/publish.sh GROUP PACKAGE [PREVIOUS]" >&2
  exit 2
fi

group=$1 package=$2 previous=${3:-}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tries=${SMOKE_TRIES:-10} # a new instance takes a while to answer

# app SERVICE: the name of the app with this tag.
app() {
  local name
  name=$(az functionapp list --resource-group "$group" --query "[?tags.\"azd-service-name\"=='$1'].name" --output tsv | tr -d '\r')
  [[ -n $name && $name != *$'\n'* ]] || { echo "There is not one app with the tag azd-service-name=$1 in $group." >&2; return 1; }
  echo "$name"
}

api=$(app api)
sender=$(app sender)

trap '"$here/scm.sh" "$group" close' EXIT # whatever happens meanwhile
"$here/scm.sh" "$group" open

publish() {
  az functionapp deployment source config-zip --resource-group "$group" --name "$sender" --src "$1" --output none
  az functionapp deployment source config-zip --resource-group "$group" --name "$api" --src "$1" --output none
}

is_well() {
  local key host try
  key=$(az functionapp keys list --resource-group "$group" --name "$api" --query functionKeys.default --output tsv | tr -d '\r')
  host=$(az functionapp show --resource-group "$group" --name "$api" --query defaultHostName --output tsv | tr -d '\r')
  for ((try = 1; try <= tries; try++)); do
    if "$here/smoke.sh" "https://$host" "$key"; then
      return 0
    fi

    ((try == tries)) || sleep "${SMOKE_PAUSE:-15}"
  done

  return 1
}

if publish "$package" && is_well; then
  echo "Published: $package"
  exit 0
fi

if [[ -z $previous ]]; then
  echo "The apps are not well, and there is no package before to go back to." >&2
  exit 1
fi

echo "The apps are not well. Going back to $previous." >&2
publish "$previous"
is_well && echo "The package before is published again, and the apps are well." >&2
exit 1
