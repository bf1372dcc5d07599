#!/usr/bin/env bash
# Regenerates deploy/install.yaml, and the CRDs it is made of, from this folder and the crds module.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cp ../../crds/src/main/resources/dev/squall/crds/*.yaml crds/
kubectl=$(command -v kubectl || echo "$(../local-cluster/build.sh)/kubectl")
{
  echo "# Squall: CRDs, operator and its rights. Made from deploy/kustomize by deploy/kustomize/install.sh; do not edit."
  "$kubectl" kustomize .
} >../install.yaml.new
mv ../install.yaml.new ../install.yaml
