metadata description = 'Entra ID in front of the API: a caller needs a token of the tenant besides its function key. Twilio has none, and is let in by its signature.'

@description('Required. The app that takes requests.')
@minLength(2)
@maxLength(32)
param appName string

@description('Required. Application (client) id of the API\'s registration in Entra ID.')
@minLength(36)
@maxLength(36)
param clientId string

@description('Paths that no token is asked for: as BulkSms/Http/Routes.cs has them, for Twilio, for probes, and for the pages of the console, which hold no data.')
var openPaths = ['/api/webhooks/status', '/api/webhooks/optout', '/api/webhooks/clicks', '/api/health', '/api/openapi.json', '/api/console/*', '/api/console/api/*']

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName

  resource authentication 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'Return401'
        excludedPaths: openPaths
      }
      httpSettings: { requireHttps: true }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: clientId
            openIdIssuer: uri(environment().authentication.loginEndpoint, '${tenant().tenantId}/v2.0')
          }
          validation: { allowedAudiences: [clientId, 'api://${clientId}'] }
        }
      }
      login: { tokenStore: { enabled: false } }
    }
  }
}
