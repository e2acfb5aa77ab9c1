metadata description = 'One Functions app on a Flex Consumption plan of its own, as the identity, without a key or connection string in its settings.'

@description('Required. Name of the app, and with -plan of its plan. At most 32 characters: the Functions host cuts its id there, and two apps that share storage and an id steal each other\'s leases.')
@minLength(2)
@maxLength(32)
param name string

@description('Required. Region of the app.')
@minLength(3)
@maxLength(40)
param location string

@description('Required. Resource id of the identity to run as.')
@minLength(1)
@maxLength(512)
param identityId string

@description('Required. Client id of the identity.')
@minLength(36)
@maxLength(36)
param identityClientId string

@description('Required. Storage account for the host and for BulkSms.')
@minLength(3)
@maxLength(24)
param storageAccountName string

@description('Required. Address of the container that the app\'s package lies in.')
@minLength(12)
@maxLength(256)
param packageContainerUrl string

@description('Required. Application Insights component for logs and metrics.')
@minLength(1)
@maxLength(255)
param componentName string

@description('Required. Most instances of each function group: see main.bicep.')
@minValue(1)
@maxValue(1000)
param maximumInstances int

@description('Required. Instances that always run, of the group alwaysReadyGroup.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int

@description('Required. The group that is always ready: http, or function:<name>.')
@minLength(4)
@maxLength(128)
param alwaysReadyGroup string

@description('Required. Memory of one instance.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Required. Functions of the package that run in the other app, and not in this one.')
@minLength(1)
@maxLength(50)
param functionsElsewhere string[]

@description('Required. Functions that are switched off in both apps; usually none.')
@minLength(0)
@maxLength(50)
param disabledFunctions string[]

@description('Required. How instances are replaced: see main.bicep.')
@allowed(['RollingUpdate', 'Recreate'])
param updateStrategy string

@description('Required. False: the app is not reached over HTTP.')
param acceptsRequests bool

@description('Conditional. Host name that Twilio calls back, where it is not this app\'s own; empty: this app\'s own.')
@maxLength(253)
param callbackHostName string = ''

@description('Conditional. Resource id of the subnet to join, when storage and vault have private endpoints; empty: none.')
@maxLength(512)
param subnetId string = ''

@description('Required. Tags of the app, besides the one that says which functions run elsewhere.')
param tags { *: string }

@description('Required. BulkSms\'s own settings, Section__Option, shared by both apps.')
param settings { *: string }

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: '${name}-plan'
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true } // Linux
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  tags: union(tags, { 'functions-elsewhere': join(functionsElsewhere, ',') }) // deploy/switched-off.sh tells by it what was switched off by hand
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId // of settings that are references to the vault, such as Events__Endpoints__crm__Secret
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ipSecurityRestrictionsDefaultAction: acceptsRequests ? 'Allow' : 'Deny'
      scmIpSecurityRestrictionsDefaultAction: 'Deny' // deploy/scm.sh opens it while a package is published
      scmIpSecurityRestrictionsUseMain: false
    }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      // In the API since 2024-11-01, and in no version's types yet: https://learn.microsoft.com/azure/azure-functions/flex-consumption-site-updates.
      #disable-next-line BCP037
      siteUpdateStrategy: { type: updateStrategy }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstances
        alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: alwaysReadyGroup, instanceCount: alwaysReadyInstances }]
      }
    }
  }

  // A second resource, because it needs the name that the first is given.
  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(
      { Webhooks__PublicBaseUrl: 'https://${empty(callbackHostName) ? app.properties.defaultHostName : callbackHostName}' }, // a domain of one's own, among the settings, wins
      settings,
      toObject(union(functionsElsewhere, disabledFunctions), function => 'AzureWebJobs.${function}.Disabled', function => 'true'),
      {
        // accountName and not blobServiceUri: with the latter alone the host sometimes starts without its storage.
        AzureWebJobsStorage__accountName: storageAccountName
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identityClientId
        AZURE_CLIENT_ID: identityClientId // DefaultAzureCredential: which identity
        APPLICATIONINSIGHTS_CONNECTION_STRING: component.properties.ConnectionString // an address: local authentication is off
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
        AzureWebJobsDisableHomepage: 'true'
        // .NET 10 on Flex: without it the worker crashes at start (azure-functions-dotnet-worker#3335).
        WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: '0'
      }
    )
  }

  // No publishing by password.
  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('Name of the app, to deploy the package to.')
output name string = app.name

@description('Host name of the app.')
output hostName string = app.properties.defaultHostName
