#!/usr/bin/env bash
# Before azd deploys infra/: asks for what it needs, keeps it in azd's environment, and keeps switched off what is switched off now. azd runs it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# ask VARIABLE WHAT
ask() {
  local value=${!1:-}
  [[ -z $value ]] || return 0
  if [[ -t 0 ]]; then
    read -r -p "$2: " value
  fi

  if [[ -z $value ]]; then
    echo "$1 is not set. Set it with: azd env set $1 VALUE" >&2
    exit 1
  fi

  azd env set "$1" "$value"
}

ask TWILIO_MESSAGING_SERVICE_SID "The Messaging Service that sends (MG…)"
ask ALERT_EMAILS "Who is told of alerts, by e-mail (commas between addresses)"

if [[ -n ${AZURE_LOCATION:-} ]]; then
  "$here/deploy/region.sh" "$AZURE_LOCATION"
fi

# A first deployment has no group, or an empty one: nothing is switched off there.
off=''
if [[ -n ${AZURE_RESOURCE_GROUP:-} ]] && [[ $(az group exists --name "$AZURE_RESOURCE_GROUP" | tr -d '\r') == true ]]; then
  off=$("$here/deploy/switched-off.sh" "$AZURE_RESOURCE_GROUP")
  [[ -z $off ]] || echo "Stays switched off: $off"
fi
azd env set DISABLED_FUNCTIONS "$off"
