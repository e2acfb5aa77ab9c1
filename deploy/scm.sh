#!/usr/bin/env bash
# Opens or closes the way by which packages are published to the apps of a resource group. infra/ leaves it closed.
#
#   deploy/scm.sh GROUP open     waits until the apps let publishing in, up to SCM_PATIENCE seconds (120)
#   deploy/scm.sh GROUP close
#
# While it is open, publishing still takes a role on the app: passwords are off. Needs az, logged in, and curl.
set -euo pipefail
shopt -s inherit_errexit

case "$#:${2:-}" in
  2:open) action=Allow ;;
  2:close) action=Deny ;;
  *) echo "Usage: deploy/scm.sh GROUP open|close" >&2; exit 2 ;;
esac

# Only what is to change: Azure refuses to take back all that it says of a Flex Consumption app.
apps=$(az functionapp list --resource-group "$1" --query '[?tags."functions-elsewhere"].id' --output tsv | tr -d '\r')
for app in $apps; do
  az rest --method patch --url "$app/config/web?api-version=2025-03-01" --output none \
    --body "{\"properties\": {\"scmIpSecurityRestrictionsDefaultAction\": \"$action\"}}"
done

[[ $action == Allow ]] || exit 0
for app in $apps; do
  host=$(az resource show --ids "$app" --query "properties.hostNameSslStates[?hostType=='Repository'].name | [0]" --output tsv | tr -d '\r')
  for ((waited = 0; ; waited += 5)); do
    status=$(curl --silent --max-time 30 --output /dev/null --write-out '%{http_code}' "https://$host/" || true)
    [[ $status == 000 || $status == 403 ]] || break # open, it asks who is there
    ((waited < ${SCM_PATIENCE:-120})) || { echo "$host does not let publishing in." >&2; exit 1; }
    sleep 5
  done
done
