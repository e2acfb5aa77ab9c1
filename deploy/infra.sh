#!/usr/bin/env bash
# Deploys infra/ to a resource group, and leaves switched off what is switched off there now: see deploy/switched-off.sh.
#
#   TWILIO_MESSAGING_SERVICE_SID=MG… ALERT_EMAILS=you@example.com deploy/infra.sh GROUP [more arguments of az deployment group create]
#
# With WHAT_IF=1 it only shows what a deployment would change. Needs az, logged in.
set -euo pipefail

if (($# < 1)); then
  echo "Usage: deploy/infra.sh GROUP [arguments of az deployment group create]" >&2
  exit 2
fi

group=$1
shift
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
location=$(az group show --name "$group" --query location --output tsv | tr -d '\r')
[[ -z $location ]] || "$here/deploy/region.sh" "$location"
DISABLED_FUNCTIONS=$("$here/deploy/switched-off.sh" "$group")
export DISABLED_FUNCTIONS

[[ -z $DISABLED_FUNCTIONS ]] || echo "Stays switched off: $DISABLED_FUNCTIONS"
what=create
[[ -z ${WHAT_IF:-} ]] || what=what-if
exec az deployment group "$what" --resource-group "$group" --parameters "$here/infra/main.bicepparam" "$@"
