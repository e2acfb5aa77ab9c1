#!/usr/bin/env bash
# Does a region have what infra/ deploys, the plan Flex Consumption? Asks Azure, since the list grows.
#
#   deploy/region.sh REGION     such as westeurope
#
# Ends with code 1, and says which regions have it, when this one has not. Needs az, logged in; when az does not say, nothing is refused.
set -euo pipefail

if (($# != 1)); then
  echo "Usage: deploy/region.sh REGION" >&2
  exit 2
fi

# "West Europe" and westeurope are one region.
regions=$(az functionapp list-flexconsumption-locations --query '[].name' --output tsv 2>/dev/null | tr -d '\r ' | tr '[:upper:]' '[:lower:]' | sort) || true
if [[ -z $regions ]]; then
  echo "az does not say which regions have Flex Consumption: $1 is not checked." >&2
elif ! grep -qxF "$(tr -d ' ' <<<"$1" | tr '[:upper:]' '[:lower:]')" <<<"$regions"; then
  echo "The region $1 has no Flex Consumption. These have it: $(paste -sd ' ' <<<"$regions")" >&2
  exit 1
fi
