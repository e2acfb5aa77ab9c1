metadata name = 'BulkSms'
metadata description = 'Everything that BulkSms needs in one resource group. The same package is deployed to both apps.'

@description('Optional. Region of all resources; one that has Flex Consumption.')
@minLength(3)
@maxLength(40)
param location string = resourceGroup().location

@description('Optional. What every name begins with: lower-case letters and digits.')
@minLength(2)
@maxLength(8)
param name string = 'bulksms'

@description('Optional. The azd environment that this belongs to, as a tag of the apps. Empty: none; azd sets it.')
@maxLength(64)
param environmentName string = ''

@description('Required. The Messaging Service that sends: MG and 32 hexadecimal digits.')
@minLength(34)
@maxLength(34)
param twilioMessagingServiceSid string

@description('Required. Who is told of alerts, by e-mail.')
@minLength(1)
@maxLength(10)
param alertEmails string[]

@description('Optional. Most instances of the sender. They share sendingSegmentsPerSecond; below 40 segments a second one of them sends at a time.')
@minValue(1)
@maxValue(1000)
param senderMaximumInstances int = 1

@description('Optional. Instances of the sender that always run; 0: the first message of a broadcast waits for one to start.')
@minValue(0)
@maxValue(20)
param senderAlwaysReady int = 0

@description('Optional. Most instances of each function group of the API.')
@minValue(1)
@maxValue(1000)
param apiMaximumInstances int = 40

@description('Optional. Instances of the API that always run; 0: the first request waits for one to start.')
@minValue(0)
@maxValue(20)
param apiAlwaysReady int = 0

@description('Optional. Memory of one instance, in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Optional. Sending:MaxConcurrency, calls to Twilio in flight at most, of one instance.')
@minValue(1)
@maxValue(2000)
param sendingMaxConcurrency int = 100

@description('Optional. Sending:SegmentsPerSecond, handed to Twilio at most, of all instances together.')
@minValue(1)
@maxValue(10000)
param sendingSegmentsPerSecond int = 100

@description('Optional. Retention:Days, after which a completed broadcast\'s numbers and texts are erased.')
@minValue(1)
@maxValue(3650)
param retentionDays int = 90

@description('Optional. Further app settings of both apps, Section__Option: every documented option can be given here, and wins over the parameters above. A deployment replaces all app settings: what was set by hand is gone. No secrets: they lie in the vault.')
param settings { *: string } = {}

@description('Optional. Functions that are switched off in every app, such as SendSms during an incident. deploy/infra.sh and azd give those that are off at that time, so that no deployment switches them on.')
@minLength(0)
@maxLength(50)
param disabledFunctions string[] = []

@description('Optional. How instances are replaced. RollingUpdate lets what runs come to its end, for up to an hour. Recreate ends it at once, and what was on its way to Twilio is reconciled before anything is sent again; take it where a region does not have the other.')
@allowed(['RollingUpdate', 'Recreate'])
param updateStrategy string = 'RollingUpdate'

@description('Optional. Redundancy of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_ZRS'

@description('Optional. What is logged of calls to storage, by caller and address; addresses hold phone numbers. Everything costs some 5 KB a message.')
@allowed(['Deletions', 'Everything', 'Nothing'])
param storageLogs string = 'Deletions'

@description('Optional. Days for which exports of the tables can be neither changed nor deleted, in a storage account of their own; a day later they are deleted. 0: there is no such account.')
@minValue(0)
@maxValue(365)
param exportDays int = 0

@description('Conditional. Object id of the service principal that exports, such as the workflow\'s; it is given what it needs. Used with exportDays.')
@maxLength(36)
param exportPrincipalId string = ''

@description('Optional. Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Optional. Alert: messages in one poison queue, when it is measured once a minute. A permanently refused recipient is one for some seconds, until it is filed.')
@minValue(1)
@maxValue(1000000)
param alertPoisonMessages int = 1

@description('Optional. Alert: minutes that a message waits in a work queue.')
@minValue(1)
@maxValue(1440)
param alertOldestMessageMinutes int = 30

@description('Optional. Alert: share of failed function calls in percent.')
@minValue(1)
@maxValue(100)
param alertErrorRatePercent int = 5

@description('Optional. Alert: messages sent in an hour without one callback.')
@minValue(1)
@maxValue(100000)
param alertSentWithoutCallback int = 20

@description('Optional. Alert: minutes that a broadcast waits for its approval.')
@minValue(1)
@maxValue(10080)
param alertApprovalMinutes int = 120

@description('Optional. True: storage and vault are reached by private endpoints only, and the apps join their network. To write secrets you then need a way in, too.')
param privateNetwork bool = false

@description('Conditional. Addresses of that network, /25 or larger. Used with privateNetwork.')
@minLength(9)
@maxLength(18)
param networkAddressPrefix string = '10.40.0.0/24'

@description('Optional. Application (client) id of the API in Entra ID; then callers need a token besides their function key, with the app roles Broadcast.Send, Broadcast.Read, Broadcast.Manage or Broadcast.Approve. Empty: the key alone.')
@maxLength(36)
param entraClientId string = ''

@description('Optional. True: the one who deploys may write secrets to the vault, and reads none of storage. False: they are written by others.')
param deployerWritesSecrets bool = true

@description('Unique to the resource group and name, the same at every deployment.')
var suffix = uniqueString(resourceGroup().id, name)

@description('Names that several modules find a resource by; given here, so that what-if can tell them.')
var names = {
  storage: take('${name}${suffix}', 24)
  vault: 'kv-${name}${suffix}'
  insights: '${name}-insights-${suffix}'
}

@description('The apps\' names; the packages of each lie in a container of its own.')
var apps = {
  api: { name: '${name}-api-${suffix}', packages: 'packages-api' }
  sender: { name: '${name}-send-${suffix}', packages: 'packages-sender' }
}

@description('Where the Functions host keeps its leases and keys. Made by the template, so that no app needs a role on the whole account to make them.')
var hostContainers = ['azure-webjobs-hosts', 'azure-webjobs-secrets']

@description('By these tags azd finds the apps. The services are those of azure.yaml.')
var environmentTag = empty(environmentName) ? {} : { 'azd-env-name': environmentName }

@description('Settings that both apps share: each is an option of the code.')
var shared = {
  KeyVault__Uri: vault.outputs.uri
  Twilio__MessagingServiceSid: twilioMessagingServiceSid
  Sending__MaxConcurrency: string(sendingMaxConcurrency)
  Sending__SegmentsPerSecond: string(sendingSegmentsPerSecond)
  Retention__Days: string(retentionDays)
  Storage__CreateMissing: 'false' // all of it is made here
}

@description('Whose tokens are asked for, and with which audience; their roles are checked by the code. The sender has them too: its package holds the same functions. Nothing without Entra ID.')
var tokens = empty(entraClientId)
  ? {}
  : {
      Auth__Authority: uri(environment().authentication.loginEndpoint, '${tenant().tenantId}/v2.0')
      Auth__Audience: entraClientId
    }

@description('What both apps are given: the parameter settings wins.')
var appSettings = union(shared, tokens, settings)

@description('Secrets that settings refer to, by SecretName or SecretUri, such as those of event endpoints.')
var referredSecrets = map(
  filter(items(settings), each => startsWith(each.value, '@Microsoft.KeyVault(')),
  each => first(split(last(split(replace(each.value, '/secrets/', 'SecretName='), 'SecretName=')), [';', ')', '/']))
)

@description('Secrets of profiles that have a Twilio account of their own.')
var profileSecrets = map(filter(items(settings), each => startsWith(each.key, 'Profiles__') && endsWith(each.key, 'Secret')), each => each.value)

@description('Secrets that both apps read: Twilio\'s credentials, the keys by which erased people are known, and those that settings refer to. Settings may give them other names.')
var secrets = union(
  referredSecrets,
  profileSecrets,
  [settings.?KeyVault__AccountSidSecret ?? 'TwilioAccountSid'],
  [settings.?KeyVault__AuthTokenSecret ?? 'TwilioAuthToken'],
  [settings.?OptOuts__HashKeysSecret ?? 'OptOutHashKeys']
)

@description('The secret that only the API reads: it signs events.')
var eventsSecret = settings.?Events__SecretsKeySecret ?? 'EventSecretsKey'

module monitoring 'app/monitoring.bicep' = {
  params: {
    workspaceName: '${name}-logs-${suffix}'
    componentName: names.insights
    location: location
    retentionInDays: logRetentionDays
  }
}

module storage 'app/storage.bicep' = {
  params: {
    name: names.storage
    location: location
    sku: storageSku
    publicNetworkAccess: !privateNetwork
    packageContainers: map(items(apps), app => app.value.packages)
    hostContainers: hostContainers
    workspaceId: monitoring.outputs.workspaceId
    logged: storageLogs
  }
}

module vault 'app/keyvault.bicep' = {
  params: {
    name: names.vault
    location: location
    workspaceId: monitoring.outputs.workspaceId
    publicNetworkAccess: !privateNetwork
    writerId: deployerWritesSecrets ? deployer().objectId : ''
    writerIsPerson: !empty(deployer().userPrincipalName)
  }
}

@description('The rows, queue messages and blobs that each app uses. A test runs a sender that has nothing but this.')
var uses = {
  api: {
    tables: ['Broadcasts', 'Recipients', 'IdempotencyKeys', 'OptOuts', 'PoisonMessages', 'UnreachableNumbers', 'Replies', 'AuditLog', 'EventDeliveries', 'People', 'SendingShares', 'Usage']
    queues: ['sms-outbound', 'sms-outbound-poison', 'sms-outbound-high', 'sms-outbound-high-poison', 'broadcast-expand', 'broadcast-expand-poison', 'events-outbound', 'events-outbound-poison']
    queuesToSendTo: []
    containers: ['broadcasts', 'locks', 'people', apps.api.packages]
    secrets: union(secrets, [eventsSecret])
  }
  sender: {
    tables: ['Broadcasts', 'Recipients', 'OptOuts', 'UnreachableNumbers', 'EventDeliveries', 'SendingShares']
    queues: ['sms-outbound', 'sms-outbound-high']
    queuesToSendTo: ['sms-outbound-poison', 'sms-outbound-high-poison', 'events-outbound']
    containers: [apps.sender.packages]
    secrets: secrets
  }
}

module apiIdentity 'app/identity.bicep' = {
  params: {
    name: '${apps.api.name}-identity'
    location: location
    accountName: names.storage
    tables: uses.api.tables
    queues: uses.api.queues
    queuesToSendTo: uses.api.queuesToSendTo
    containers: uses.api.containers
    hostContainers: hostContainers
    vaultName: names.vault
    secrets: uses.api.secrets
    componentName: names.insights
  }
  dependsOn: [storage, vault, monitoring]
}

module senderIdentity 'app/identity.bicep' = {
  params: {
    name: '${apps.sender.name}-identity'
    location: location
    accountName: names.storage
    tables: uses.sender.tables
    queues: uses.sender.queues
    queuesToSendTo: uses.sender.queuesToSendTo
    containers: uses.sender.containers
    hostContainers: hostContainers
    vaultName: names.vault
    secrets: uses.sender.secrets
    componentName: names.insights
  }
  dependsOn: [storage, vault, monitoring]
}

module network 'app/network.bicep' = if (privateNetwork) {
  params: {
    name: '${name}-network-${suffix}'
    location: location
    addressPrefix: networkAddressPrefix
    storageId: storage.outputs.id
    vaultId: vault.outputs.id
  }
}

// Two apps, because a Flex Consumption app has one maximum, and it holds for each of its function groups: all HTTP triggers
// scale together as one group, every queue or timer function apart as its own. The API needs many instances and the sender few,
// so they are two apps.
//
// All instances share Sending:SegmentsPerSecond: set it to what the Messaging Service's numbers may send, since Twilio queues
// what is above it, for hours. In flight are at most instances × the smaller of Sending:MaxConcurrency and host.json's batchSize +
// newBatchThreshold (128); Twilio's limit of concurrent requests is the account's. One instance is enough for most accounts.
// Instances that are always ready may come on top of the maximum: count both.
module api 'app/functionapp.bicep' = {
  params: {
    name: apps.api.name
    location: location
    tags: union(environmentTag, { 'azd-service-name': 'api' })
    identityId: apiIdentity.outputs.id
    identityClientId: apiIdentity.outputs.clientId
    storageAccountName: names.storage
    packageContainerUrl: '${storage.outputs.blobEndpoint}${apps.api.packages}'
    componentName: names.insights
    maximumInstances: apiMaximumInstances
    alwaysReadyInstances: apiAlwaysReady
    alwaysReadyGroup: 'http'
    instanceMemoryMB: instanceMemoryMB
    functionsElsewhere: ['SendSms', 'SendSmsHigh']
    disabledFunctions: disabledFunctions
    acceptsRequests: true
    updateStrategy: updateStrategy
    subnetId: network.?outputs.appsSubnetId ?? ''
    settings: appSettings
  }
}

module sender 'app/functionapp.bicep' = {
  params: {
    name: apps.sender.name
    location: location
    tags: union(environmentTag, { 'azd-service-name': 'sender' })
    identityId: senderIdentity.outputs.id
    identityClientId: senderIdentity.outputs.clientId
    storageAccountName: names.storage
    packageContainerUrl: '${storage.outputs.blobEndpoint}${apps.sender.packages}'
    componentName: names.insights
    maximumInstances: senderMaximumInstances
    alwaysReadyInstances: senderAlwaysReady
    alwaysReadyGroup: 'function:SendSms'
    instanceMemoryMB: instanceMemoryMB
    functionsElsewhere: ['DeliverEvent', 'FanOutJobHandler', 'FilePoisonedEvent', 'FilePoisonedExpand', 'FilePoisonedHighSms', 'FilePoisonedSms', 'Sweep'] // every queue and timer function but SendSms and SendSmsHigh; HTTP does not reach this app
    disabledFunctions: disabledFunctions
    acceptsRequests: false
    updateStrategy: updateStrategy
    callbackHostName: api.outputs.hostName
    subnetId: network.?outputs.appsSubnetId ?? ''
    settings: appSettings
  }
}

module entra 'app/entra.bicep' = if (!empty(entraClientId)) {
  params: { appName: apps.api.name, clientId: entraClientId }
  dependsOn: [api]
}

module alerts 'app/alerts.bicep' = {
  params: {
    name: '${name}-${suffix}'
    location: location
    componentId: monitoring.outputs.componentId
    vaultId: vault.outputs.id
    emails: alertEmails
    poisonMessages: alertPoisonMessages
    oldestMessageMinutes: alertOldestMessageMinutes
    errorRatePercent: alertErrorRatePercent
    sentWithoutCallback: alertSentWithoutCallback
    approvalMinutes: alertApprovalMinutes
  }
}

module backup 'app/backup.bicep' = if (exportDays > 0) {
  params: {
    name: take('exp${name}${suffix}', 24)
    location: location
    days: max(exportDays, 1)
    publicNetworkAccess: !privateNetwork
    accountName: names.storage
    principalId: exportPrincipalId
  }
  dependsOn: [storage]
}

module workbook 'app/workbook.bicep' = {
  params: {
    name: '${name}-${suffix}'
    location: location
    componentName: names.insights
  }
  dependsOn: [monitoring]
}

@description('The app that takes requests: deploy the package here.')
output apiAppName string = api.outputs.name

@description('The app that sends: deploy the same package here.')
output senderAppName string = sender.outputs.name

@description('Where callers and Twilio reach the API.')
output apiHostName string = api.outputs.hostName

@description('What the Messaging Service\'s inbound webhook is set to at Twilio, with its fragment: without it Twilio does not repeat a text that could not be taken.')
output inboundWebhookUrl string = 'https://${api.outputs.hostName}/api/webhooks/optout#rc=5&rp=all'

@description('The vault to write the secrets TwilioAccountSid and TwilioAuthToken to.')
output vaultName string = vault.outputs.name
