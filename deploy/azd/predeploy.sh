#!/usr/bin/env bash
# Before azd publishes the apps: opens the way to publish. postdeploy.sh closes it. azd runs it.
set -euo pipefail
exec "$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/scm.sh" "${AZURE_RESOURCE_GROUP:?azd knows it}" open
