metadata description = 'The identity that one app runs as, and all that it may do: a role on each table, queue, container and secret that the app uses, and on nothing else.'

@description('Required. Name of the identity.')
@minLength(3)
@maxLength(128)
param name string

@description('Required. Region of the identity.')
@minLength(3)
@maxLength(40)
param location string

@description('Required. Name of the storage account.')
@minLength(3)
@maxLength(24)
param accountName string

@description('Required. Tables whose rows the app reads and writes.')
@minLength(1)
@maxLength(32)
param tables string[]

@description('Required. Queues that the app receives from, writes to or measures.')
@minLength(1)
@maxLength(32)
param queues string[]

@description('Required. Queues that the app only writes to.')
@minLength(0)
@maxLength(32)
param queuesToSendTo string[]

@description('Required. Containers whose blobs the app reads and writes: its package among them.')
@minLength(1)
@maxLength(32)
param containers string[]

@description('Required. Containers of the Functions host.')
@minLength(1)
@maxLength(4)
param hostContainers string[]

@description('Required. Name of the vault.')
@minLength(3)
@maxLength(24)
param vaultName string

@description('Required. Secrets that the app reads. They are written later, by people; a role on one that is not there yet is as good.')
@minLength(1)
@maxLength(8)
param secrets string[]

@description('Required. Application Insights component that the app writes to.')
@minLength(1)
@maxLength(255)
param componentName string

@description('Azure\'s built-in roles.')
var roles = {
  host: { name: 'Storage Blob Data Owner', id: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' } // what the Functions host is documented to need
  blobs: { name: 'Storage Blob Data Contributor', id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' }
  queues: { name: 'Storage Queue Data Contributor', id: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' } // "Message Processor" is not enough: giving a message back needs Update
  sends: { name: 'Storage Queue Data Message Sender', id: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a' }
  tables: { name: 'Storage Table Data Contributor', id: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' }
  secrets: { name: 'Key Vault Secrets User', id: '4633458b-17de-408a-b874-0445c86b69e6' } // reads secrets, and neither lists keys nor writes
  lists: { name: 'Reader', id: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' } // no data and no keys: the Functions host's own health check lists the account's containers
  metrics: { name: 'Monitoring Metrics Publisher', id: '3913510d-42f4-4e42-8a64-420c390055eb' } // writes telemetry, reads none
}

@description('Each container with the role on it.')
var containerRoles = concat(
  map(containers, container => { name: container, role: roles.blobs }),
  map(hostContainers, container => { name: container, role: roles.host })
)

@description('Each queue with the role on it.')
var queueRoles = concat(
  map(queues, queue => { name: queue, role: roles.queues }),
  map(queuesToSendTo, queue => { name: queue, role: roles.sends })
)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
}

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: accountName

  resource tableService 'tableServices' existing = {
    name: 'default'

    resource table 'tables' existing = [for table in tables: { name: table }]
  }

  resource queueService 'queueServices' existing = {
    name: 'default'

    resource queue 'queues' existing = [for queue in queueRoles: { name: queue.name }]
  }

  resource blobService 'blobServices' existing = {
    name: 'default'

    resource container 'containers' existing = [for container in containerRoles: { name: container.name }]
  }
}

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: vaultName

  resource secret 'secrets' existing = [for secret in secrets: { name: secret }]
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource onTable 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (table, i) in tables: {
    name: guid(account::tableService::table[i].id, identity.id, roles.tables.id)
    scope: account::tableService::table[i]
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tables.id)
      description: roles.tables.name
    }
  }
]

resource onQueue 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (queue, i) in queueRoles: {
    name: guid(account::queueService::queue[i].id, identity.id, queue.role.id)
    scope: account::queueService::queue[i]
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queue.role.id)
      description: queue.role.name
    }
  }
]

resource onContainer 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (container, i) in containerRoles: {
    name: guid(account::blobService::container[i].id, identity.id, container.role.id)
    scope: account::blobService::container[i]
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', container.role.id)
      description: container.role.name
    }
  }
]

resource onSecret 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (secret, i) in secrets: {
    name: guid(vault::secret[i].id, identity.id, roles.secrets.id)
    scope: vault::secret[i]
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secrets.id)
      description: roles.secrets.name
    }
  }
]

resource onAccount 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identity.id, roles.lists.id)
  scope: account
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.lists.id)
    description: roles.lists.name
  }
}

resource onComponent 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(component.id, identity.id, roles.metrics.id)
  scope: component
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metrics.id)
    description: roles.metrics.name
  }
}

@description('Resource id, by which an app is given the identity.')
output id string = identity.id

@description('Client id, by which code asks for tokens.')
output clientId string = identity.properties.clientId
