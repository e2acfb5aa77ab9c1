#!/usr/bin/env bash
# Makes the package that both apps run: a zip file.
#
#   deploy/package.sh PACKAGE.zip
#
# Needs the .NET 10 SDK, Node.js 20 or later (for the console) and zip.
set -euo pipefail

if (($# != 1)); then
  echo "Usage: deploy/package.sh PACKAGE.zip" >&2
  exit 2
fi

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$(dirname "$1")"
package=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
rm -f "$package"
dotnet publish "$here/BulkSms.Functions" --configuration Release --runtime linux-x64 --self-contained false --output "$folder"
(cd "$folder" && zip --quiet --recurse-paths "$package" .)
echo "$package"
