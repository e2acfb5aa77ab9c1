metadata description = 'An account of its own for exports of the tables, in which nothing can be changed or deleted for some days, and the role of the one who exports.'

@description('Required. Name of the account for exports: unique in all of Azure.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. Region of the account.')
@minLength(3)
@maxLength(40)
param location string

@description('Required. Days for which an export can be neither changed nor deleted; a day later it is deleted.')
@minValue(1)
@maxValue(365)
param days int

@description('Required. False: only private endpoints reach the account.')
param publicNetworkAccess bool

@description('Required. Name of the account whose tables and lists are exported.')
@minLength(3)
@maxLength(24)
param accountName string

@description('Required. Object id of the service principal that exports; empty: no assignment is made.')
@minLength(0)
@maxLength(36)
param principalId string

@description('Azure\'s built-in roles.')
var roles = {
  readsRows: { name: 'Storage Table Data Reader', id: '76199698-9eea-4c19-bc75-cec21354c6b6' }
  readsBlobs: { name: 'Storage Blob Data Reader', id: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1' }
  writesBlobs: { name: 'Storage Blob Data Contributor', id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' }
}

resource source 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: accountName
}

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  tags: { 'bulksms-exports': accountName } // deploy/backup.sh finds both accounts by it
  properties: {
    accessTier: 'Cool'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    networkAcls: { bypass: 'None', defaultAction: publicNetworkAccess ? 'Allow' : 'Deny' }
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    supportsHttpsTrafficOnly: true
  }

  resource blobService 'blobServices' = {
    name: 'default'
    properties: { deleteRetentionPolicy: { enabled: false }, containerDeleteRetentionPolicy: { enabled: false } }

    resource container 'containers' = {
      name: 'exports'
      properties: { publicAccess: 'None' }

      // Not locked: see docs/operations.md.
      resource policy 'immutabilityPolicies' = {
        name: 'default'
        properties: { immutabilityPeriodSinceCreationInDays: days, allowProtectedAppendWrites: false }
      }
    }
  }

  // What holds numbers is kept no longer than it must be.
  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'exports'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['exports/'] }
              actions: { baseBlob: { delete: { daysAfterCreationGreaterThan: days + 1 } } }
            }
          }
        ]
      }
    }
    dependsOn: [blobService]
  }
}

resource readsRows 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(principalId)) {
  name: guid(source.id, principalId, roles.readsRows.id)
  scope: source
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.readsRows.id)
    description: roles.readsRows.name
  }
}

resource readsBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(principalId)) {
  name: guid(source.id, principalId, roles.readsBlobs.id)
  scope: source
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.readsBlobs.id)
    description: roles.readsBlobs.name
  }
}

resource writesBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(principalId)) {
  name: guid(account::blobService::container.id, principalId, roles.writesBlobs.id)
  scope: account::blobService::container
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.writesBlobs.id)
    description: roles.writesBlobs.name
  }
}
