metadata description = 'The vault that keeps Twilio\'s account SID and auth token. Its secrets are written by people (see docs/deployment.md), never by this template.'

@description('Required. Name of the vault: unique in all of Azure.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. Region of the vault.')
@minLength(3)
@maxLength(40)
param location string

@description('Required. Resource id of the workspace that receives the audit log: who read or wrote which secret.')
@minLength(1)
@maxLength(512)
param workspaceId string

@description('Required. False: only private endpoints reach the vault.')
param publicNetworkAccess bool

@description('Required. Object id of the one who may write secrets; empty: no assignment is made.')
@minLength(0)
@maxLength(36)
param writerId string

@description('Required. True: that one is a person; false: a service principal, as in a workflow.')
param writerIsPerson bool

@description('Key Vault Secrets Officer: reads and writes secrets.')
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    networkAcls: { bypass: 'None', defaultAction: publicNetworkAccess ? 'Allow' : 'Deny' }
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
  }
}

resource writer 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(writerId)) {
  name: guid(vault.id, writerId, secretsOfficer)
  scope: vault
  properties: {
    principalId: writerId
    principalType: writerIsPerson ? 'User' : 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
    description: 'Key Vault Secrets Officer'
  }
}

// A preview of five years; the one stable version is of 2016.
#disable-next-line use-recent-api-versions
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

@description('Resource id of the vault.')
output id string = vault.id

@description('Name of the vault, for those who write its secrets.')
output name string = vault.name

@description('Address of the vault.')
output uri string = vault.properties.vaultUri
