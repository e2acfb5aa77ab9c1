#!/usr/bin/env bash
# Deploys infra/ to a resource group, and leaves switched off what is switched off there now.
#
#   TWILIO_MESSAGING_SERVICE_SID=MG… ALERT_EMAILS=you@example.com deploy/infra.sh GROUP [more arguments of az deployment group create]
#
# A deployment replaces all app settings of both apps. In an incident a function may have been switched off by one of them
# (AzureWebJobs.SendSms.Disabled=true, see docs/operations.md), and a plain deployment would switch it on in the middle of it. So this reads
# what is off in the apps of the group, leaves out what each of them leaves to the other one (its tag functions-elsewhere), and gives the
# rest to the template. Needs az, logged in.
set -euo pipefail
shopt -s inherit_errexit # a question that az does not answer must end this, not pass for "nothing"

if (($# < 1)); then
  echo "Usage: deploy/infra.sh GROUP [arguments of az deployment group create]" >&2
  exit 2
fi

group=$1
shift
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# switched_off APP: the functions that were switched off in it by hand, a line each.
switched_off() {
  local elsewhere off
  elsewhere=$(az functionapp show --resource-group "$group" --name "$1" --query 'tags."functions-elsewhere"' --output tsv | tr -d '\r' | tr , '\n')
  off=$(az functionapp config appsettings list --resource-group "$group" --name "$1" --output tsv \
    --query "[?starts_with(name, 'AzureWebJobs.') && ends_with(name, '.Disabled') && (value == 'true' || value == 'True' || value == '1')].name" | tr -d '\r')
  sed -E 's/^AzureWebJobs\.(.*)\.Disabled$/\1/' <<<"$off" | grep -vxF -f <(printf '%s\n' "$elsewhere") | grep . || true
}

apps=$(az functionapp list --resource-group "$group" --query '[?tags."functions-elsewhere"].name' --output tsv | tr -d '\r')
disabled=''
for app in $apps; do
  disabled+=$(switched_off "$app")$'\n'
done
DISABLED_FUNCTIONS=$(grep . <<<"$disabled" | sort -u | paste -sd, -) || true
export DISABLED_FUNCTIONS

[[ -z $DISABLED_FUNCTIONS ]] || echo "Stays switched off: $DISABLED_FUNCTIONS"
exec az deployment group create --resource-group "$group" --parameters "$here/infra/main.bicepparam" "$@"
