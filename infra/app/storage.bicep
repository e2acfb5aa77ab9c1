metadata description = 'The storage account: tables, queues with their poison queues, containers, and what is logged of them.'

@description('Required. Name of the storage account: unique in all of Azure.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. Region of the account.')
@minLength(3)
@maxLength(40)
param location string

@description('Required. Resource id of the workspace that receives the logs.')
@minLength(1)
@maxLength(512)
param workspaceId string

@description('Required. What is logged: see main.bicep.')
@allowed(['Deletions', 'Everything', 'Nothing'])
param logged string

@description('Required. Redundancy. Nothing geo-redundant: a failover to another region loses the last minutes, and with them who was texted.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param sku string

@description('Required. False: only private endpoints reach the account.')
param publicNetworkAccess bool

@description('Required. Containers that hold the apps\' packages, one an app.')
@minLength(1)
@maxLength(4)
param packageContainers string[]

@description('Required. Containers of the Functions host.')
@minLength(1)
@maxLength(4)
param hostContainers string[]

@description('As BulkSms/Storage/StorageNames.cs calls them.')
var tables = ['Broadcasts', 'Recipients', 'IdempotencyKeys', 'OptOuts', 'PoisonMessages', 'UnreachableNumbers', 'Replies', 'AuditLog', 'EventDeliveries', 'People', 'SendingShares', 'Usage']

@description('As BulkSms/Storage/StorageNames.cs calls them. A poison queue is its queue\'s name and -poison: so the Functions host finds it.')
var queues = ['sms-outbound', 'sms-outbound-poison', 'sms-outbound-high', 'sms-outbound-high-poison', 'broadcast-expand', 'broadcast-expand-poison', 'events-outbound', 'events-outbound-poison']

@description('As BulkSms/Storage/StorageNames.cs calls them.')
var containers = ['broadcasts', 'locks', 'people']

@description('Categories of the logs of blobs and tables.')
var dataLogs = { Deletions: ['StorageDelete'], Everything: ['StorageRead', 'StorageWrite', 'StorageDelete'], Nothing: [] }[logged]

@description('Of queues there is no deletion to look into: each message is deleted when it is handled.')
var queueLogs = logged == 'Everything' ? dataLogs : []

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false // identities only: there is no connection string to leak
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    networkAcls: { bypass: 'None', defaultAction: publicNetworkAccess ? 'Allow' : 'Deny' }
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    supportsHttpsTrafficOnly: true
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource table 'tables' = [for table in tables: { name: table }]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [for queue in queues: { name: queue }]
  }

  resource blobService 'blobServices' = {
    name: 'default'
    // Deleted is deleted: what a person asks to have erased must not live on.
    properties: { deleteRetentionPolicy: { enabled: false }, containerDeleteRetentionPolicy: { enabled: false } }

    resource container 'containers' = [
      for container in concat(containers, hostContainers, packageContainers): { name: container, properties: { publicAccess: 'None' } }
    ]
  }
}

// A preview of five years; the one stable version is of 2016.
#disable-next-line use-recent-api-versions
resource blobLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(dataLogs)) {
  name: 'data'
  scope: account::blobService
  properties: { workspaceId: workspaceId, logs: map(dataLogs, category => { category: category, enabled: true }) }
}

#disable-next-line use-recent-api-versions
resource tableLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(dataLogs)) {
  name: 'data'
  scope: account::tableService
  properties: { workspaceId: workspaceId, logs: map(dataLogs, category => { category: category, enabled: true }) }
}

#disable-next-line use-recent-api-versions
resource queueLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(queueLogs)) {
  name: 'data'
  scope: account::queueService
  properties: { workspaceId: workspaceId, logs: map(queueLogs, category => { category: category, enabled: true }) }
}

@description('Resource id of the account.')
output id string = account.id

@description('Address of the blob service, which apps load their packages from.')
output blobEndpoint string = account.properties.primaryEndpoints.blob
