#!/usr/bin/env bash
# After azd has deployed infra/: writes Twilio's credentials to the vault. azd runs it, with infra's outputs as variables.
set -euo pipefail
exec "$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/secrets.sh" "${vaultName:?azd provision gives it}"
