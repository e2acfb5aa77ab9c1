#!/usr/bin/env bash
# Prints the functions that were switched off by hand in the apps of a resource group, with commas between them; an empty line when there are none.
#
#   deploy/switched-off.sh GROUP
#
# A deployment replaces all app settings of both apps. In an incident a function may have been switched off by one of them
# (AzureWebJobs.SendSms.Disabled=true, see docs/operations.md), and a plain deployment would switch it on in the middle of it. So this reads
# what is off in the apps of the group, and leaves out what each of them leaves to the other one (its tag functions-elsewhere).
# Needs az, logged in. Ends with another code than 0 when az does not say.
set -euo pipefail
shopt -s inherit_errexit # a question that az does not answer must end this, not pass for "nothing"

if (($# != 1)); then
  echo "Usage: deploy/switched-off.sh GROUP" >&2
  exit 2
fi

group=$1

# of APP: the functions that were switched off in it by hand, a line each.
of() {
  local elsewhere off
  elsewhere=$(az functionapp show --resource-group "$group" --name "$1" --query 'tags."functions-elsewhere"' --output tsv | tr -d '\r' | tr , '\n')
  off=$(az functionapp config appsettings list --resource-group "$group" --name "$1" --output tsv \
    --query "[?starts_with(name, 'AzureWebJobs.') && ends_with(name, '.Disabled') && (value == 'true' || value == 'True' || value == '1')].name" | tr -d '\r')
  sed -E 's/^AzureWebJobs\.(.*)\.Disabled$/\1/' <<<"$off" | grep -vxF -f <(printf '%s\n' "$elsewhere") | grep . || true
}

apps=$(az functionapp list --resource-group "$group" --query '[?tags."functions-elsewhere"].name' --output tsv | tr -d '\r')
disabled=''
for app in $apps; do
  disabled+=$(of "$app")$'\n'
done
names=$(grep . <<<"$disabled" | sort -u | paste -sd, -) || true
echo "$names"
