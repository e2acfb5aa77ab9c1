metadata description = 'The storage account: tables, queues with their poison queues, containers, and what the identity may do with them.'

@description('Required. Name of the storage account: unique in all of Azure.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. Region of the account.')
@minLength(3)
@maxLength(40)
param location string

@description('Required. Name of the identity that both apps run as.')
@minLength(3)
@maxLength(128)
param identityName string

@description('Required. Redundancy. Nothing geo-redundant: a failover to another region loses the last minutes, and with them who was texted.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param sku string

@description('Required. False: only private endpoints reach the account.')
param publicNetworkAccess bool

@description('Required. Containers that hold the apps\' packages, one an app.')
@minLength(1)
@maxLength(4)
param packageContainers string[]

@description('As BulkSms/Storage/StorageNames.cs calls them.')
var tables = ['Broadcasts', 'Recipients', 'IdempotencyKeys', 'OptOuts', 'PoisonMessages', 'UnreachableNumbers', 'Replies', 'AuditLog', 'EventDeliveries', 'People']

@description('As BulkSms/Storage/StorageNames.cs calls them. A poison queue is its queue\'s name and -poison: so the Functions host finds it.')
var queues = ['sms-outbound', 'sms-outbound-poison', 'broadcast-expand', 'broadcast-expand-poison', 'events-outbound', 'events-outbound-poison']

@description('As BulkSms/Storage/StorageNames.cs calls them.')
var containers = ['broadcasts', 'locks', 'people']

@description('The least that works, each for a reason: the ids are those of Azure\'s built-in roles.')
var roles = {
  // The Functions host keeps its leases, keys and packages in containers that it creates.
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  // "Message Processor" is not enough: giving a message back needs Update.
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

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
      for container in concat(containers, packageContainers): { name: container, properties: { publicAccess: 'None' } }
    ]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): {
    name: guid(account.id, identity.id, role.value)
    scope: account
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
      description: role.key
    }
  }
]

@description('Resource id of the account.')
output id string = account.id

@description('Name of the account, for settings that find it by name.')
output name string = account.name

@description('Address of the blob service, which apps load their packages from.')
output blobEndpoint string = account.properties.primaryEndpoints.blob
