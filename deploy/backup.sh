#!/usr/bin/env bash
# Exports the tables and recipient lists of a resource group's apps to its container for exports, while the apps go on.
#
#   deploy/backup.sh GROUP
#
# infra/ makes the container where exportDays is set. Needs az, logged in with the roles that exportPrincipalId is given, and the .NET 10 SDK. To bring an export back: docs/operations.md#storage-is-lost.
set -euo pipefail

if (($# != 1)); then
  echo "Usage: deploy/backup.sh GROUP" >&2
  exit 2
fi

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
found=$(az storage account list --resource-group "$1" --query '[?tags."bulksms-exports"].[primaryEndpoints.blob, tags."bulksms-exports"]' --output tsv | tr -d '\r')
read -r container source <<<"$found"
if [[ -z ${source:-} || $found == *$'\n'* ]]; then
  echo "There is not one account for exports in $1: deploy infra/ with exportDays." >&2
  exit 1
fi

# The tool reads the account's name as the apps do.
exec env --unset=AzureWebJobsStorage "AzureWebJobsStorage__accountName=$source" dotnet run --project "$here/tools/Backup" --configuration Release -- export "${container%/}/exports"
